// What can go wrong when a message is read or written. Knows no format.

#nullable enable

using System;
using System.Text;

namespace Xlc
{
    /// <summary>A value or an input that does not fit the contract.</summary>
    public abstract class ContractException : Exception
    {
        private readonly StringBuilder _path = new StringBuilder();

        private protected ContractException(string reason)
            : base(reason) => Reason = reason;

        /// <summary>What is wrong, without the place.</summary>
        public string Reason { get; }

        /// <summary>
        /// Leads from the message that was read or written to the place of the error, as in
        /// <c>radiology.study.v1.Study.series[2].rows</c>.
        /// </summary>
        public string Path => _path.ToString();

        /// <inheritdoc/>
        public override string Message => _path.Length == 0 ? Reason : Path + ": " + Reason;

        internal bool HasPath => _path.Length != 0;

        /// <summary>Puts a step in front of the path.</summary>
        internal void Within(string step)
        {
            if (step.Length != 0 && _path.Length != 0 && _path[0] != '[')
            {
                _path.Insert(0, '.');
            }

            _path.Insert(0, step);
        }
    }

    /// <summary>Bytes are no valid encoding of the message.</summary>
    public sealed class DecodeException : ContractException
    {
        internal DecodeException(string reason, int offset)
            : base(reason) => Offset = offset;

        /// <summary>The byte at which reading failed, counted from the start of the input.</summary>
        public int Offset { get; }

        /// <inheritdoc/>
        public override string Message => base.Message + " (at byte " + Offset + ")";
    }

    /// <summary>A message cannot be written: a field holds what its type cannot.</summary>
    public sealed class EncodeException : ContractException
    {
        internal EncodeException(string reason)
            : base(reason)
        {
        }
    }

    /// <summary>A text is not the ProtoJSON form of the message.</summary>
    public sealed class JsonFormatException : ContractException
    {
        internal JsonFormatException(string reason, int offset)
            : base(reason) => Offset = offset;

        /// <summary>The byte of the UTF-8 text at which reading failed.</summary>
        public int Offset { get; }

        /// <inheritdoc/>
        public override string Message => base.Message + " (at byte " + Offset + ")";
    }
}

// Input in several pieces, as pipes and gRPC have it.

#nullable enable

using System;
using System.Buffers;

namespace Xlc
{
    /// <content>Input in several pieces.</content>
    public abstract partial class Message
    {
        /// <summary>
        /// Reads the binary format into this message, as the other overload does. Input in several pieces is put
        /// together first.
        /// </summary>
        /// <param name="data">The bytes.</param>
        /// <param name="options">How to read; null for the defaults.</param>
        /// <exception cref="DecodeException">The bytes are no valid encoding, or a required field is missing.</exception>
        public void MergeFrom(in ReadOnlySequence<byte> data, DecodeOptions? options = null)
        {
            if (data.IsSingleSegment)
            {
                MergeFrom(data.First.Span, options);
                return;
            }

            if (data.Length > int.MaxValue)
            {
                throw Named(new DecodeException("the input is larger than two gigabytes", 0), "");
            }

            byte[] bytes = ArrayPool<byte>.Shared.Rent((int)data.Length);
            try
            {
                data.CopyTo(bytes);
                MergeFrom(bytes.AsSpan(0, (int)data.Length), options);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(bytes);
            }
        }
    }
}

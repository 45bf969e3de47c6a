// The text format of protobuf: what messages have for it, and its options and its error. What makes the text and reads it
// is in TextPrinter and TextParser.

#nullable enable

using System;
using System.Buffers;

namespace Xlc
{
    /// <summary>How the text format is read.</summary>
    public sealed class TextReadOptions
    {
        internal static readonly TextReadOptions Default = new TextReadOptions();

        /// <summary>Whether fields and extensions that are not known are passed over instead of refused.</summary>
        public bool IgnoreUnknown { get; set; }

        /// <summary>How deep messages may be nested; 100 by default.</summary>
        public int RecursionLimit { get; set; } = 100;

        /// <summary>Whether a message may lack required fields.</summary>
        public bool AllowPartial { get; set; }

        /// <summary>The messages that an <c>Any</c> can hold, and the extensions.</summary>
        public TypeRegistry? Types { get; set; }
    }

    /// <summary>How the text format is written.</summary>
    public sealed class TextWriteOptions
    {
        internal static readonly TextWriteOptions Default = new TextWriteOptions();

        /// <summary>The messages that an <c>Any</c> can hold, and the extensions.</summary>
        public TypeRegistry? Types { get; set; }

        /// <summary>Whether all is on one line.</summary>
        public bool SingleLine { get; set; }

        /// <summary>
        /// Whether fields that the contract does not know are written too, by their numbers. That is for people: such a
        /// text cannot be read.
        /// </summary>
        public bool WriteUnknown { get; set; }
    }

    /// <summary>A text is not the text form of the message.</summary>
    public sealed class TextFormatException : ContractException
    {
        internal TextFormatException(string reason, int line, int column)
            : base(reason)
        {
            Line = line;
            Column = column;
        }

        /// <summary>The line at which reading failed, from 1.</summary>
        public int Line { get; }

        /// <summary>The character of the line, from 1; one beyond the Basic Multilingual Plane counts as one.</summary>
        public int Column { get; }

        /// <inheritdoc/>
        public override string Message => base.Message + " (at line " + Line + ", column " + Column + ")";
    }

    /// <content>The text format.</content>
    public abstract partial class Message
    {
        /// <summary>
        /// The message in the text format of protobuf: all fields that are set in the order of the binary format, those
        /// marked <c>debug_redact</c> included.
        /// </summary>
        /// <param name="options">How to write; null for the defaults.</param>
        /// <returns>The text; with a line end after every field, unless it is on one line.</returns>
        /// <exception cref="EncodeException">A field holds what its type cannot, or an extension what is not valid.</exception>
        public string ToText(TextWriteOptions? options = null)
        {
            var extensions = new System.Collections.Generic.List<Extension>();
            var writer = new WireWriter(WireWriter.Size) { Extensions = extensions };
            try
            {
                Write(ref writer, true);
                var printer = new TextPrinter(options ?? TextWriteOptions.Default, extensions);
                printer.Message(ContractFields(), writer.Data);
                return printer.ToString();
            }
            catch (InsufficientExecutionStackException)
            {
                throw Named(new EncodeException("the message is too deep"), "");
            }
            catch (EncodeException error) when (!error.HasPath)
            {
                error.Within(ContractName());
                throw;
            }
            finally
            {
                writer.Dispose();
            }
        }

        /// <summary>What the text format needs to know of the fields.</summary>
        internal abstract TextNames ContractFields();

        /// <summary>Reads the text format into a message that was made for it.</summary>
        internal void ReadText(string text, TextReadOptions? options)
        {
            if (text == null)
            {
                throw new ArgumentNullException(nameof(text));
            }

            byte[] bytes = ArrayPool<byte>.Shared.Rent(System.Text.Encoding.UTF8.GetMaxByteCount(text.Length));
            try
            {
                if (Utf8.Count(text) < 0)
                {
                    throw Named(new TextFormatException("the text holds a lone surrogate", 1, 1), "");
                }

                int length = System.Text.Encoding.UTF8.GetBytes(text, 0, text.Length, bytes, 0);
                ReadText(bytes.AsSpan(0, length), options);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(bytes);
            }
        }

        /// <summary>Reads the text format into a message that was made for it.</summary>
        internal void ReadText(ReadOnlySpan<byte> text, TextReadOptions? options)
        {
            options ??= TextReadOptions.Default;
            var parser = new TextParser(text, options);
            byte[] encoded;
            try
            {
                encoded = parser.Read(ContractFields());
            }
            catch (TextFormatException error)
            {
                error.Within(ContractName());
                throw;
            }

            MergeFrom(encoded, new DecodeOptions { AllowPartial = true, RecursionLimit = int.MaxValue, Types = options.Types });
            string? missing = options.AllowPartial ? null : FindMissing();
            if (missing != null)
            {
                throw Named(parser.Error("the required field is not set"), missing);
            }
        }
    }
}

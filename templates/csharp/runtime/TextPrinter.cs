// Writes the text format: goes through the binary form of a message, which has everything in its order already, and names
// what it meets. Values are in TextPrinterValues.

#nullable enable

using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Text;

namespace Xlc
{
    internal sealed partial class TextPrinter
    {
        /// <summary>How deep bytes of unknown meaning are taken for messages: most that look like one are none.</summary>
        private const int Guesses = 10;

        private readonly StringBuilder _text = new StringBuilder();
        private readonly TextWriteOptions _options;
        private readonly Dictionary<(string Message, int Number), Extension> _extensions;
        private int _depth;
        private bool _first = true;

        /// <summary>Extensions that were set have names, those that were only read are in the registry.</summary>
        internal TextPrinter(TextWriteOptions options, List<Extension> set)
        {
            _options = options;
            _extensions = new Dictionary<(string Message, int Number), Extension>();
            foreach (Extension extension in set)
            {
                _extensions[(extension.Extendee, extension.Number)] = extension;
            }
        }

        public override string ToString() => _text.ToString();

        /// <summary>Writes what stands between the braces of a message.</summary>
        internal void Message(TextNames fields, ReadOnlySpan<byte> data)
        {
            // The binary form of an Any, or of an extension, can hold more levels than a reader goes down at once.
            RuntimeHelpers.EnsureSufficientExecutionStack();
            if (fields.IsAny && TryExpand(data))
            {
                return;
            }

            var r = new WireReader(data, int.MaxValue);
            for (uint tag = r.Tag(); tag != 0; tag = r.Tag())
            {
                WireReader before = r;
                if (!Known(fields, tag, ref r))
                {
                    r = before;
                    Unknown(tag, ref r, Guesses);
                }
            }
        }

        private bool Known(TextNames fields, uint tag, ref WireReader r)
        {
            TextField? field = fields.Find((int)(tag >> 3));
            if (field?.Entry != null)
            {
                return (tag & 7) == 2 && TryEntry(field, field.Entry, r.Span());
            }

            if (field != null)
            {
                return TryField(field, tag, ref r);
            }

            int number = Number(fields, tag, r);
            Extension? extension = number > 0 ? Find(fields.Message, number) : null;
            return extension?.TextField != null && TryExtension(fields, extension, extension.TextField, tag, ref r);
        }

        /// <summary>Writes a field, or all elements of a packed one; false if its value is none of the type.</summary>
        private bool TryField(TextField field, uint tag, ref WireReader r)
        {
            TextCodec type = field.Type;
            if ((tag & 7) == type.WireType)
            {
                return TryValue(field.Name, type, ref r);
            }

            if ((tag & 7) != 2 || !type.IsPackable)
            {
                return false;
            }

            var packed = new WireReader(r.Span(), 0);
            while (!packed.AtEnd)
            {
                if (!TryValue(field.Name, type, ref packed))
                {
                    return false;
                }
            }

            return true;
        }

        private bool TryValue(string name, TextCodec type, ref WireReader r)
        {
            if (type.IsMessage)
            {
                Open(name);
                Message(type.Fields, type.Kind == TextKind.Group ? r.GroupSpan() : r.Span());
                Close();
                return true;
            }

            int length = _text.Length;
            bool first = _first;
            Name(name);
            _text.Append(": ");
            if (TryScalar(type, ref r))
            {
                End();
                return true;
            }

            _text.Length = length;
            _first = first;
            return false;
        }

        /// <summary>Writes an entry of a map; false if its value is an unknown number of a closed enum.</summary>
        private bool TryEntry(TextField field, TextNames entry, ReadOnlySpan<byte> data)
        {
            int length = _text.Length;
            bool first = _first;
            Open(field.Name);
            var r = new WireReader(data, 0);
            for (uint tag = r.Tag(); tag != 0; tag = r.Tag())
            {
                TextField? part = entry.Find((int)(tag >> 3));
                if (part == null || !TryField(part, tag, ref r))
                {
                    _depth--;
                    _text.Length = length;
                    _first = first;
                    return false;
                }
            }

            Close();
            return true;
        }

        /// <summary>Writes an extension, of which all fields follow one another, as it would be read from them.</summary>
        private bool TryExtension(TextNames fields, Extension extension, TextField field, uint tag, ref WireReader r)
        {
            var writer = new WireWriter(WireWriter.Size);
            try
            {
                ExtensionValue? value = Read(fields, extension, tag, ref r, null);
                if (value == null)
                {
                    return false;
                }

                WireReader next = r;
                for (tag = next.Tag(); tag != 0 && Number(fields, tag, next) == extension.Number; tag = next.Tag())
                {
                    WireReader before = next;
                    ExtensionValue? more = Read(fields, extension, tag, ref next, value);
                    if (more == null)
                    {
                        next = before;
                        Unknown(tag, ref next, Guesses);
                    }

                    value = more ?? value;
                    r = next;
                }

                value.Write(ref writer);
                var again = new WireReader(writer.Data, int.MaxValue);
                for (tag = again.Tag(); tag != 0; tag = again.Tag())
                {
                    TryField(field, tag, ref again);
                }

                return true;
            }
            catch (DecodeException error)
            {
                var fault = new EncodeException(error.Reason);
                fault.Within(field.Name);
                fault.Within(fields.Message);
                throw fault;
            }
            finally
            {
                writer.Dispose();
            }
        }

        /// <summary>The value of an extension after one more field; null if the field is none of it.</summary>
        private static ExtensionValue? Read(
            TextNames fields, Extension extension, uint tag, ref WireReader r, ExtensionValue? old)
        {
            var inside = new WireReader(r.SkipRecord(), DecodeOptions.Default.RecursionLimit);
            inside.Tag();
            if (!fields.IsMessageSet)
            {
                return extension.Read(ref inside, tag, old);
            }

            return MessageSetItem.Open(tag, ref inside) > 0 ? extension.ReadItem(ref inside, old) : null;
        }

        /// <summary>The number of a field or of the item of a message set; no positive one if it has none.</summary>
        private static int Number(TextNames fields, uint tag, WireReader r) =>
            fields.IsMessageSet ? MessageSetItem.Open(tag, ref r) : (int)(tag >> 3);

        private Extension? Find(string message, int number) =>
            _extensions.TryGetValue((message, number), out Extension? extension)
                ? extension
                : _options.Types?.Extension(message, number);

        /// <summary>Writes the message that an Any holds instead of its bytes, if the registry knows it.</summary>
        private bool TryExpand(ReadOnlySpan<byte> data)
        {
            string url = "";
            ReadOnlySpan<byte> value = default;
            var r = new WireReader(data, 0);
            for (uint tag = r.Tag(); tag != 0; tag = r.Tag())
            {
                switch (tag)
                {
                    case 10:
                        url = r.String();
                        break;
                    case 18:
                        value = r.Span();
                        break;
                    default:
                        // What the Any holds beside its message would be lost.
                        return false;
                }
            }

            Message? message = TextParser.IsTypeUrl(url) ? _options.Types?.Create(url.Substring(url.IndexOf('/') + 1)) : null;
            if (message == null)
            {
                return false;
            }

            try
            {
                message.MergeFrom(value, new DecodeOptions { AllowPartial = true });
            }
            catch (DecodeException)
            {
                return false;
            }

            Open("[" + url + "]");
            Message(message.ContractFields(), message.ToByteArray(true));
            Close();
            return true;
        }

        private void Name(string name)
        {
            if (!_options.SingleLine)
            {
                _text.Append(' ', 2 * _depth);
            }
            else if (!_first)
            {
                _text.Append(' ');
            }

            _first = false;
            _text.Append(name);
        }

        private void Open(string name)
        {
            Name(name);
            _text.Append(" {");
            End();
            _depth++;
        }

        private void Close()
        {
            _depth--;
            Name("}");
            End();
        }

        private void End()
        {
            if (!_options.SingleLine)
            {
                _text.Append('\n');
            }
        }
    }
}

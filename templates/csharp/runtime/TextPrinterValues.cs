// Writes the text format: values, and fields that the contract does not know.

#nullable enable

using System;
using System.Globalization;
using System.Text;

namespace Xlc
{
    internal sealed partial class TextPrinter
    {
        /// <summary>Writes a value; false for a number that a closed enum does not have.</summary>
        private bool TryScalar(TextCodec type, ref WireReader r)
        {
            switch (type.Kind)
            {
                case TextKind.Double:
                    Double(r.Double());
                    break;
                case TextKind.Float:
                    Float(r.Float());
                    break;
                case TextKind.Int32:
                    Integer(r.Int32());
                    break;
                case TextKind.Int64:
                    Integer(r.Int64());
                    break;
                case TextKind.Uint32:
                    Integer(r.Uint32());
                    break;
                case TextKind.Uint64:
                    Unsigned(r.Uint64());
                    break;
                case TextKind.Sint32:
                    Integer(r.Sint32());
                    break;
                case TextKind.Sint64:
                    Integer(r.Sint64());
                    break;
                case TextKind.Fixed32:
                    Integer(r.Fixed32());
                    break;
                case TextKind.Fixed64:
                    Unsigned(r.Fixed64());
                    break;
                case TextKind.Sfixed32:
                    Integer(r.Sfixed32());
                    break;
                case TextKind.Sfixed64:
                    Integer(r.Sfixed64());
                    break;
                case TextKind.Bool:
                    _text.Append(r.Bool() ? "true" : "false");
                    break;
                case TextKind.String:
                case TextKind.RawString:
                    Quoted(r.Span(), true);
                    break;
                case TextKind.Bytes:
                    Quoted(r.Span(), false);
                    break;
                case TextKind.Enum:
                    return TryEnum(type.Table, r.Int32());
                case TextKind.Message:
                case TextKind.Group:
                    return false;
            }

            return true;
        }

        private bool TryEnum(EnumTable table, int number)
        {
            string? name = table.Name(number);
            if (name != null)
            {
                _text.Append(name);
                return true;
            }

            Integer(number);
            return table.Allows(number);
        }

        private void Integer(long value) => _text.Append(value.ToString(CultureInfo.InvariantCulture));

        private void Unsigned(ulong value) => _text.Append(value.ToString(CultureInfo.InvariantCulture));

        private void Double(double value)
        {
            if (!NotFinite(value))
            {
                Span<char> room = stackalloc char[32];
                _text.Append(room.Slice(0, JsonNumber.Write(value, room)));
            }
        }

        private void Float(float value)
        {
            if (!NotFinite(value))
            {
                Span<char> room = stackalloc char[32];
                _text.Append(room.Slice(0, JsonNumber.Write(value, room)));
            }
        }

        private bool NotFinite(double value)
        {
            if (!double.IsNaN(value) && !double.IsInfinity(value))
            {
                return false;
            }

            _text.Append(double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf");
            return true;
        }

        /// <summary>Writes a literal: characters of text as they are, what is none in octal.</summary>
        private void Quoted(ReadOnlySpan<byte> bytes, bool isText)
        {
            _text.Append('"');
            Span<char> pair = stackalloc char[2];
            while (bytes.Length > 0)
            {
                int size = isText ? Utf8.SequenceLength(bytes) : bytes[0] < 0x80 ? 1 : 0;
                if (size > 1)
                {
                    int count = Encoding.UTF8.GetChars(bytes.Slice(0, size), pair);
                    _text.Append(pair.Slice(0, count));
                }
                else
                {
                    Escaped(bytes[0]);
                }

                bytes = bytes.Slice(Math.Max(size, 1));
            }

            _text.Append('"');
        }

        private void Escaped(byte value)
        {
            switch (value)
            {
                case (byte)'\n':
                    _text.Append("\\n");
                    break;
                case (byte)'\r':
                    _text.Append("\\r");
                    break;
                case (byte)'\t':
                    _text.Append("\\t");
                    break;
                case (byte)'"':
                case (byte)'\'':
                case (byte)'\\':
                    _text.Append('\\').Append((char)value);
                    break;
                default:
                    if (value >= ' ' && value < 0x7F)
                    {
                        _text.Append((char)value);
                    }
                    else
                    {
                        _text.Append('\\').Append((char)('0' + (value >> 6)));
                        _text.Append((char)('0' + ((value >> 3) & 7))).Append((char)('0' + (value & 7)));
                    }

                    break;
            }
        }

        /// <summary>Writes a field by its number, if that is asked for.</summary>
        private void Unknown(uint tag, ref WireReader r, int guesses)
        {
            if (!_options.WriteUnknown)
            {
                r.Skip();
                return;
            }

            string name = (tag >> 3).ToString(CultureInfo.InvariantCulture);
            if ((tag & 7) == 3)
            {
                Open(name);
                Unknown(r.GroupSpan(), guesses);
                Close();
                return;
            }

            ReadOnlySpan<byte> bytes = (tag & 7) == 2 ? r.Span() : default;
            if (bytes.Length > 0 && guesses > 0 && IsMessage(bytes))
            {
                Open(name);
                Unknown(bytes, guesses - 1);
                Close();
                return;
            }

            Name(name);
            _text.Append(": ");
            switch (tag & 7)
            {
                case 0:
                    Unsigned(r.Uint64());
                    break;
                case 1:
                    _text.Append("0x").Append(r.Fixed64().ToString("x16", CultureInfo.InvariantCulture));
                    break;
                case 5:
                    _text.Append("0x").Append(r.Fixed32().ToString("x8", CultureInfo.InvariantCulture));
                    break;
                default:
                    Quoted(bytes, false);
                    break;
            }

            End();
        }

        private void Unknown(ReadOnlySpan<byte> data, int guesses)
        {
            System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
            var r = new WireReader(data, int.MaxValue);
            for (uint tag = r.Tag(); tag != 0; tag = r.Tag())
            {
                Unknown(tag, ref r, guesses);
            }
        }

        private static bool IsMessage(ReadOnlySpan<byte> data)
        {
            var r = new WireReader(data, DecodeOptions.Default.RecursionLimit);
            try
            {
                for (uint tag = r.Tag(); tag != 0; tag = r.Tag())
                {
                    r.Skip();
                }

                return true;
            }
            catch (DecodeException)
            {
                return false;
            }
        }
    }
}

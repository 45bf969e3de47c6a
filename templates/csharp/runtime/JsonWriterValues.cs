// Writes ProtoJSON: values, each in its canonical form.

#nullable enable

using System;
using System.Globalization;

namespace Xlc
{
    internal sealed partial class JsonWriter
    {
        internal void Null() => Put("null");

        internal void Redacted() => Text("[REDACTED]");

        internal void Bool(bool value) => Put(value ? "true" : "false");

        internal void Int32(int value)
        {
            Span<char> room = Room(11);
            value.TryFormat(room, out int length, default, CultureInfo.InvariantCulture);
            _length += length;
        }

        internal void Uint32(uint value)
        {
            Span<char> room = Room(10);
            value.TryFormat(room, out int length, default, CultureInfo.InvariantCulture);
            _length += length;
        }

        internal void Int64(long value)
        {
            Put('"');
            Span<char> room = Room(20);
            value.TryFormat(room, out int length, default, CultureInfo.InvariantCulture);
            _length += length;
            Put('"');
        }

        internal void Uint64(ulong value)
        {
            Put('"');
            Span<char> room = Room(20);
            value.TryFormat(room, out int length, default, CultureInfo.InvariantCulture);
            _length += length;
            Put('"');
        }

        internal void Double(double value)
        {
            if (NotFinite(value))
            {
                return;
            }

            _length += JsonNumber.Write(value, Room(32));
        }

        internal void Float(float value)
        {
            if (NotFinite(value))
            {
                return;
            }

            _length += JsonNumber.Write(value, Room(32));
        }

        internal void Bytes(byte[] value)
        {
            if (value == null)
            {
                Missing();
                return;
            }

            Put('"');
            Span<char> room = Room(checked((value.Length + 2) / 3 * 4));
            Convert.TryToBase64Chars(value, room, out int length);
            _length += length;
            Put('"');
        }

        internal void String(string value)
        {
            if (value == null)
            {
                Missing();
                return;
            }

            Text(value);
        }

        internal void Enum(EnumTable table, int value)
        {
            string? name = Options.EnumNumbers ? null : table.Name(value);
            if (name == null)
            {
                Int32(value);
            }
            else
            {
                Text(name);
            }
        }

        internal void Message(Message value)
        {
            if (value == null)
            {
                Missing();
                return;
            }

            value.WriteJson(this);
        }

        /// <summary>Says that a value cannot be written, or shows it in a text for people.</summary>
        internal void Fail(string reason)
        {
            if (IsData)
            {
                throw new EncodeException(reason);
            }

            Text("<" + reason + ">");
        }

        private void Missing()
        {
            if (!Debug)
            {
                throw new EncodeException("the value is null");
            }

            Null();
        }

        private bool NotFinite(double value)
        {
            if (!double.IsNaN(value) && !double.IsInfinity(value))
            {
                return false;
            }

            Put(double.IsNaN(value) ? "\"NaN\"" : value > 0 ? "\"Infinity\"" : "\"-Infinity\"");
            return true;
        }

        private void Text(string value)
        {
            // Room for the text as it is and its quotes; what must be escaped makes more.
            Span<char> room = Room(value.Length + 2);
            room[0] = '"';
            int index = 0;
            for (; index < value.Length; index++)
            {
                char c = value[index];
                if (c < ' ' || c == '"' || c == '\\' || (c & 0xF800) == 0xD800)
                {
                    break;
                }

                room[index + 1] = c;
            }

            if (index == value.Length)
            {
                room[index + 1] = '"';
                _length += index + 2;
                return;
            }

            _length += index + 1;
            Escape(value, index);
            Put('"');
        }

        private void Escape(string value, int index)
        {
            for (; index < value.Length; index++)
            {
                char c = value[index];
                if (char.IsSurrogate(c))
                {
                    bool paired = char.IsHighSurrogate(c) && index + 1 < value.Length && char.IsLowSurrogate(value[index + 1]);
                    if (paired)
                    {
                        Put(c);
                        Put(value[++index]);
                    }
                    else if (Debug)
                    {
                        Put('\uFFFD');
                    }
                    else
                    {
                        throw new EncodeException("the string holds a lone surrogate");
                    }
                }
                else if (c < ' ' || c == '"' || c == '\\')
                {
                    Escape(c);
                }
                else
                {
                    Put(c);
                }
            }
        }

        private void Escape(char c)
        {
            int known = "\"\\\b\f\n\r\t".IndexOf(c);
            if (known >= 0)
            {
                Put('\\');
                Put("\"\\bfnrt"[known]);
            }
            else
            {
                Put("\\u00");
                Put("0123456789abcdef"[c >> 4]);
                Put("0123456789abcdef"[c & 15]);
            }
        }
    }
}

// Writes ProtoJSON: values, each in its canonical form.

#nullable enable

using System;
using System.Globalization;
using System.Runtime.InteropServices;

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
                Plain(name);
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

        /// <summary>Writes a text in which nothing has to be escaped.</summary>
        private void Plain(string value)
        {
            Span<char> room = Room(value.Length + 2);
            room[0] = '"';
            value.AsSpan().CopyTo(room.Slice(1));
            room[value.Length + 1] = '"';
            _length += value.Length + 2;
        }

        private void Text(string value)
        {
            int index = CountPlain(value);
            if (index == value.Length)
            {
                Plain(value);
                return;
            }

            // Room for the text as it is and its quotes; what must be escaped makes more.
            Span<char> room = Room(value.Length + 2);
            room[0] = '"';
            value.AsSpan(0, index).CopyTo(room.Slice(1));
            _length += index + 1;
            Escape(value, index);
            Put('"');
        }

        /// <summary>How many characters the text has before the first that may have to be escaped.</summary>
        private static int CountPlain(string value)
        {
            // Four at a time, as long as they are ASCII and nothing special: most texts are nothing else.
            int index = 0;
            foreach (ulong four in MemoryMarshal.Cast<char, ulong>(value.AsSpan()))
            {
                const ulong Ones = 0x0001_0001_0001_0001;
                const ulong Tops = 0x8000_8000_8000_8000;
                unchecked
                {
                    // Each of the differences keeps the top bit of a character unless it goes below zero.
                    ulong quote = ((four ^ ('"' * Ones)) | Tops) - Ones;
                    ulong slash = ((four ^ ('\\' * Ones)) | Tops) - Ones;
                    ulong control = (four | Tops) - (' ' * Ones);
                    if ((four & (0xFF80 * Ones)) != 0 || (quote & slash & control & Tops) != Tops)
                    {
                        break;
                    }
                }

                index += 4;
            }

            for (; index < value.Length; index++)
            {
                char c = value[index];
                if (c < ' ' || c == '"' || c == '\\' || (c & 0xF800) == 0xD800)
                {
                    break;
                }
            }

            return index;
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

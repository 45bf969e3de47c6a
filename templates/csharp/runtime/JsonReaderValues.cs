// Reads ProtoJSON: scalar values, each as strict as the specification.

#nullable enable

using System;
using System.Text;

namespace Xlc
{
    internal ref partial struct JsonReader
    {
        internal bool Bool()
        {
            byte next = Peek();
            if (next == 't' && TryLiteral("true"))
            {
                return true;
            }

            return next == 'f' && TryLiteral("false") ? false : throw Error("expected true or false");
        }

        internal int Int32()
        {
            long value = Int64();
            return value >= int.MinValue && value <= int.MaxValue ? (int)value : throw Error("the number is out of range");
        }

        internal uint Uint32()
        {
            ulong value = Uint64();
            return value <= uint.MaxValue ? (uint)value : throw Error("the number is out of range");
        }

        internal long Int64()
        {
            ReadOnlySpan<byte> token = NumberOrText();
            return JsonNumber.TrySigned(token, out long value) ? value : throw Error("expected an integer of the type");
        }

        internal ulong Uint64()
        {
            ReadOnlySpan<byte> token = NumberOrText();
            return JsonNumber.TryUnsigned(token, out ulong value) ? value : throw Error("expected an integer of the type");
        }

        internal double Double()
        {
            ReadOnlySpan<byte> token = Peek() == '"' ? NumberOrText() : NumberToken();
            double value = JsonNumber.IsNotFinite(token, out double special) ? special : JsonNumber.Double(token);
            return JsonNumber.IsValid(token) && !double.IsInfinity(value) || special != 0
                ? value
                : throw Error("expected a number of the type");
        }

        internal float Float()
        {
            ReadOnlySpan<byte> token = Peek() == '"' ? NumberOrText() : NumberToken();
            float value = JsonNumber.IsNotFinite(token, out double special) ? (float)special : JsonNumber.Float(token);
            return JsonNumber.IsValid(token) && !float.IsInfinity(value) || special != 0
                ? value
                : throw Error("expected a number of the type");
        }

        internal string String()
        {
            if (Peek() != '"')
            {
                throw Error("expected a string");
            }

            int at = _position;
            ReadOnlySpan<byte> text = Name(out string? escaped);
            return escaped ?? Text(text, at);
        }

        /// <summary>Bytes in base64, in the standard alphabet or the one for URLs, with or without padding.</summary>
        internal byte[] Bytes()
        {
            int at = Peek() == '"' ? _position : 0;
            string text = String();
            return Base64.TryDecode(text, out byte[] bytes) ? bytes : throw Error("expected bytes in base64", at);
        }

        /// <summary>The number of an enum value; null if its name is unknown and that is to be ignored.</summary>
        internal int? Enum(EnumTable table)
        {
            if (Peek() == '"')
            {
                int at = _position;
                string name = String();
                int? number = table.Number(name);
                return number != null || Options.IgnoreUnknown
                    ? number
                    : throw Error("the enum has no value `" + name + "`", at);
            }

            int value = Int32();
            if (table.Allows(value))
            {
                return value;
            }

            return Options.IgnoreUnknown ? (int?)null : throw Error("the enum has no value " + value);
        }

        /// <summary>The same for <c>google.protobuf.NullValue</c>, which is null.</summary>
        internal int? NullEnum(EnumTable table) => TryNull() ? 0 : Enum(table);

        /// <summary>A number as it stands there, its grammar checked.</summary>
        internal ReadOnlySpan<byte> NumberToken()
        {
            Peek();
            int start = _position;
            while (_position < _data.Length && JsonNumber.IsPart(_data[_position]))
            {
                _position++;
            }

            ReadOnlySpan<byte> token = _data.Slice(start, _position - start);
            if (!JsonNumber.IsValid(token))
            {
                throw Error(start == _data.Length ? "the input ends too early" : "expected a value", start);
            }

            return token;
        }

        private ReadOnlySpan<byte> NumberOrText()
        {
            if (Peek() != '"')
            {
                return NumberToken();
            }

            ReadOnlySpan<byte> text = Name(out string? escaped);
            return escaped == null ? text : Encoding.UTF8.GetBytes(escaped);
        }

        /// <summary>
        /// The bytes of the string that begins here. If it holds escapes they are not what it means, and
        /// <paramref name="escaped"/> is.
        /// </summary>
        private ReadOnlySpan<byte> Name(out string? escaped)
        {
            if (Peek() != '"')
            {
                throw Error("expected a string");
            }

            int start = ++_position;
            ReadOnlySpan<byte> rest = _data.Slice(start);
            for (int index = 0; index < rest.Length; index++)
            {
                byte next = rest[index];
                if (next == '"')
                {
                    _position = start + index + 1;
                    escaped = null;
                    return rest.Slice(0, index);
                }

                if (next == '\\')
                {
                    escaped = Escaped(start, start + index);
                    return Encoding.UTF8.GetBytes(escaped);
                }

                if (next < ' ')
                {
                    throw Error("a string holds a control character", start + index);
                }
            }

            throw Error("the string does not end", start);
        }

        private string Text(ReadOnlySpan<byte> bytes, int at)
        {
            if (bytes.Length == 0)
            {
                return "";
            }

            return Utf8.TryDecode(bytes, out string? text) ? text : throw Error("the string is not valid UTF-8", at);
        }

        /// <summary>Reads a string that began at <paramref name="start"/> and whose first escape is known.</summary>
        private string Escaped(int start, int position)
        {
            var text = new StringBuilder();
            int plain = start;
            while (position < _data.Length)
            {
                byte next = _data[position];
                if (next < ' ')
                {
                    throw Error("a string holds a control character", position);
                }

                if (next != '"' && next != '\\')
                {
                    position++;
                    continue;
                }

                text.Append(Text(_data.Slice(plain, position - plain), start));
                if (next == '"')
                {
                    _position = position + 1;
                    return text.ToString();
                }

                text.Append(Escape(ref position));
                plain = position;
            }

            throw Error("the string does not end", start);
        }

        /// <summary>What an escape stands for: one character, or two that are a pair.</summary>
        private string Escape(ref int position)
        {
            int at = position++;
            byte kind = position < _data.Length ? _data[position++] : (byte)0;
            switch (kind)
            {
                case (byte)'"':
                    return "\"";
                case (byte)'\\':
                    return "\\";
                case (byte)'/':
                    return "/";
                case (byte)'b':
                    return "\b";
                case (byte)'f':
                    return "\f";
                case (byte)'n':
                    return "\n";
                case (byte)'r':
                    return "\r";
                case (byte)'t':
                    return "\t";
                case (byte)'u':
                    break;
                default:
                    throw Error("the escape is not valid", at);
            }

            char first = Unit(ref position, at);
            if (!char.IsSurrogate(first))
            {
                return first.ToString();
            }

            if (char.IsHighSurrogate(first) && position + 1 < _data.Length && _data[position] == '\\' && _data[position + 1] == 'u')
            {
                position += 2;
                char second = Unit(ref position, at);
                if (char.IsLowSurrogate(second))
                {
                    return new string(new[] { first, second });
                }
            }

            throw Error("the string holds a lone surrogate", at);
        }

        private char Unit(ref int position, int at)
        {
            int value = 0;
            for (int index = 0; index < 4; index++)
            {
                int digit = position < _data.Length ? Digit(_data[position++]) : -1;
                value = digit < 0 ? throw Error("the escape is not valid", at) : value * 16 + digit;
            }

            return (char)value;
        }

        private static int Digit(byte c) =>
            c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
    }
}

// Reads the text format: scalar values, each as the specification says of its type.

#nullable enable

using System;

namespace Xlc
{
    internal ref partial struct TextParser
    {
        private void Scalar(TextCodec type)
        {
            switch (type.Kind)
            {
                case TextKind.Double:
                    _out.Fixed64(unchecked((ulong)BitConverter.DoubleToInt64Bits(Double())));
                    break;
                case TextKind.Float:
                    _out.Fixed32(unchecked((uint)BitConverter.SingleToInt32Bits(Float())));
                    break;
                case TextKind.Int32:
                    _out.Varint(unchecked((ulong)Signed(int.MinValue, int.MaxValue)));
                    break;
                case TextKind.Int64:
                    _out.Varint(unchecked((ulong)Signed(long.MinValue, long.MaxValue)));
                    break;
                case TextKind.Uint32:
                    _out.Varint(Unsigned(uint.MaxValue));
                    break;
                case TextKind.Uint64:
                    _out.Varint(Unsigned(ulong.MaxValue));
                    break;
                case TextKind.Sint32:
                    _out.ZigZag(Signed(int.MinValue, int.MaxValue));
                    break;
                case TextKind.Sint64:
                    _out.ZigZag(Signed(long.MinValue, long.MaxValue));
                    break;
                case TextKind.Fixed32:
                    _out.Fixed32((uint)Unsigned(uint.MaxValue));
                    break;
                case TextKind.Fixed64:
                    _out.Fixed64(Unsigned(ulong.MaxValue));
                    break;
                case TextKind.Sfixed32:
                    _out.Fixed32(unchecked((uint)Signed(int.MinValue, int.MaxValue)));
                    break;
                case TextKind.Sfixed64:
                    _out.Fixed64(unchecked((ulong)Signed(long.MinValue, long.MaxValue)));
                    break;
                case TextKind.Bool:
                    _out.Varint(Bool() ? 1u : 0u);
                    break;
                case TextKind.String:
                    String(true);
                    break;
                case TextKind.RawString:
                case TextKind.Bytes:
                    String(false);
                    break;
                case TextKind.Enum:
                    _out.Varint(unchecked((ulong)Enum(type.Table)));
                    break;
                case TextKind.Message:
                case TextKind.Group:
                    break;
            }
        }

        private bool Bool()
        {
            bool isName = IsLetter(Peek());
            int at = _position;
            if (!isName)
            {
                return Unsigned(1) != 0;
            }

            return Identifier("") switch
            {
                "true" => true,
                "True" => true,
                "t" => true,
                "false" => false,
                "False" => false,
                "f" => false,
                _ => throw Error("expected true or false", at),
            };
        }

        private long Enum(EnumTable table)
        {
            byte next = Peek();
            int at = _position;
            if (IsLetter(next))
            {
                string name = Identifier("");
                return table.Number(name) ?? throw Error("the enum has no value `" + name + "`", at);
            }

            long number = Signed(int.MinValue, int.MaxValue);
            return table.Allows((int)number) ? number : throw Error("the enum has no value " + number, at);
        }

        private long Signed(long least, long most)
        {
            bool negative = TryTake('-');
            ulong magnitude = Magnitude();
            bool fits = negative ? magnitude <= unchecked((ulong)-(least + 1)) + 1 : magnitude <= (ulong)most;
            return fits
                ? unchecked(negative ? -(long)magnitude : (long)magnitude)
                : throw Error("the number is out of range");
        }

        private ulong Unsigned(ulong most)
        {
            ulong magnitude = Magnitude();
            return magnitude <= most ? magnitude : throw Error("the number is out of range");
        }

        /// <summary>An integer without a sign: decimal, octal if it begins with 0, or hexadecimal.</summary>
        private ulong Magnitude()
        {
            Peek();
            int at = _position;
            ReadOnlySpan<byte> token = NumberToken();
            ulong radix = 10;
            if (token.Length > 1 && token[0] == '0')
            {
                bool isHex = (token[1] | 0x20) == 'x';
                radix = isHex ? 16u : 8u;
                token = token.Slice(isHex ? 2 : 1);
            }

            if (token.Length == 0)
            {
                throw Error("expected an integer", at);
            }

            ulong value = 0;
            bool fits = true;
            foreach (byte c in token)
            {
                int digit = Digit(c);
                if (digit < 0 || (ulong)digit >= radix)
                {
                    throw Error("expected an integer", at);
                }

                fits = fits && value <= (ulong.MaxValue - (ulong)digit) / radix;
                value = fits ? value * radix + (ulong)digit : 0;
            }

            return fits ? value : throw Error("the number is out of range", at);
        }

        private double Double()
        {
            bool negative = TryTake('-');
            double value = TryNotFinite(out double special) ? special : JsonNumber.Double(FloatToken());
            return negative && !double.IsNaN(value) ? -value : value;
        }

        private float Float()
        {
            bool negative = TryTake('-');
            float value = TryNotFinite(out double special) ? (float)special : JsonNumber.Float(FloatToken());
            return negative && !float.IsNaN(value) ? -value : value;
        }

        private bool TryNotFinite(out double value)
        {
            value = 0;
            if (!IsLetter(Peek()))
            {
                return false;
            }

            int at = _position;
            switch (Identifier("").ToUpperInvariant())
            {
                case "INF":
                case "INFINITY":
                    value = double.PositiveInfinity;
                    return true;
                case "NAN":
                    // Not double.NaN, whose sign bit is set.
                    value = BitConverter.Int64BitsToDouble(0x7FF8000000000000);
                    return true;
                default:
                    throw Error("expected a number", at);
            }
        }

        /// <summary>A decimal number, without the `f` that may be behind it.</summary>
        private ReadOnlySpan<byte> FloatToken()
        {
            Peek();
            int at = _position;
            ReadOnlySpan<byte> token = NumberToken();
            if (token.Length > 1 && (token[token.Length - 1] | 0x20) == 'f')
            {
                token = token.Slice(0, token.Length - 1);
            }

            return IsFloat(token) ? token : throw Error("expected a number", at);
        }

        /// <summary>Whether this is a decimal number: of the digits before and after the point, one part may be missing.</summary>
        private static bool IsFloat(ReadOnlySpan<byte> token)
        {
            int at = 0;
            int whole = Digits(token, ref at);
            int part = 0;
            if (at < token.Length && token[at] == '.')
            {
                at++;
                part = Digits(token, ref at);
            }

            if (whole + part == 0 || (whole > 1 && token[0] == '0'))
            {
                return false;
            }

            if (at < token.Length && (token[at] | 0x20) == 'e')
            {
                at++;
                at += at < token.Length && (token[at] == '+' || token[at] == '-') ? 1 : 0;
                if (Digits(token, ref at) == 0)
                {
                    return false;
                }
            }

            return at == token.Length;
        }

        private static int Digits(ReadOnlySpan<byte> token, ref int at)
        {
            int start = at;
            while (at < token.Length && IsDigit(token[at]))
            {
                at++;
            }

            return at - start;
        }

        private void SkipScalar()
        {
            byte next = Peek();
            if (next == '"' || next == '\'')
            {
                int length = _out.Length;
                Literals();
                _out.Cut(length);
                return;
            }

            TryTake('-');
            next = Peek();
            if (IsLetter(next))
            {
                Identifier("");
                return;
            }

            byte second = _position + 1 < _data.Length ? _data[_position + 1] : (byte)0;
            if (next == '0' && (IsDigit(second) || (second | 0x20) == 'x'))
            {
                Magnitude();
            }
            else
            {
                FloatToken();
            }
        }

        private static int Digit(byte c) =>
            c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
    }
}

// Numbers of JSON: their grammar and their exact value in each type. Base64 too, the other text that stands for a value.

#nullable enable

using System;
using System.Globalization;

namespace Xlc
{
    internal static class JsonNumber
    {
        /// <summary>Whether a byte can be in a number, or makes clear that something is none.</summary>
        internal static bool IsPart(byte c) =>
            (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');

        /// <summary>Whether this is a number (RFC 8259, section 6).</summary>
        internal static bool IsValid(ReadOnlySpan<byte> token)
        {
            int at = token.Length > 0 && token[0] == '-' ? 1 : 0;
            int whole = Digits(token, ref at);
            if (whole == 0 || (whole > 1 && token[at - whole] == '0'))
            {
                return false;
            }

            if (at < token.Length && token[at] == '.')
            {
                at++;
                if (Digits(token, ref at) == 0)
                {
                    return false;
                }
            }

            if (at < token.Length && (token[at] | 0x20) == 'e')
            {
                at++;
                if (at < token.Length && (token[at] == '+' || token[at] == '-'))
                {
                    at++;
                }

                if (Digits(token, ref at) == 0)
                {
                    return false;
                }
            }

            return at == token.Length;
        }

        internal static bool TrySigned(ReadOnlySpan<byte> token, out long value)
        {
            bool negative = token.Length > 0 && token[0] == '-';
            value = 0;
            if (!TryMagnitude(token, negative ? 1 : 0, out ulong magnitude))
            {
                return false;
            }

            value = unchecked(negative ? -(long)magnitude : (long)magnitude);
            return magnitude <= (negative ? 1UL << 63 : long.MaxValue);
        }

        internal static bool TryUnsigned(ReadOnlySpan<byte> token, out ulong value)
        {
            bool negative = token.Length > 0 && token[0] == '-';
            return TryMagnitude(token, negative ? 1 : 0, out value) && (!negative || value == 0);
        }

        /// <summary>Whether this is one of the strings that stand for what no number is; 0 if it is not.</summary>
        internal static bool IsNotFinite(ReadOnlySpan<byte> token, out double value)
        {
            // Not double.NaN, whose sign bit is set.
            value = Is(token, "NaN") ? BitConverter.Int64BitsToDouble(0x7FF8000000000000)
                : Is(token, "Infinity") ? double.PositiveInfinity
                : Is(token, "-Infinity") ? double.NegativeInfinity
                : 0;
            return value != 0;
        }

        internal static int Write(double value, Span<char> room)
        {
            value.TryFormat(room, out int length, "R", CultureInfo.InvariantCulture);
            if (Math.Abs(value) < 1L << 53 && IsPlain(room.Slice(0, length)))
            {
                return length;
            }

            Span<char> text = stackalloc char[32];
            room.Slice(0, length).CopyTo(text);
            // The framework never gives a decimal that lies halfway to the next number, such as 5E+22.
            Span<char> shorter = stackalloc char[32];
            for (int digits = CountDigits(text.Slice(0, length)) - 1; digits >= 15 && Math.Abs(value) >= 1L << 53; digits--)
            {
                string format = digits == 16 ? "E15" : "E14";
                value.TryFormat(shorter, out int count, format, CultureInfo.InvariantCulture);
                if (double.Parse(shorter.Slice(0, count), NumberStyles.Float, CultureInfo.InvariantCulture) != value)
                {
                    break;
                }

                shorter.Slice(0, count).CopyTo(text);
                length = count;
            }

            return Write(text.Slice(0, length), room);
        }

        internal static int Write(float value, Span<char> room)
        {
            value.TryFormat(room, out int length, "R", CultureInfo.InvariantCulture);
            if (length <= 7 && IsPlain(room.Slice(0, length)))
            {
                return length;
            }

            Span<char> text = stackalloc char[32];
            room.Slice(0, length).CopyTo(text);
            Span<char> shorter = stackalloc char[32];
            for (int digits = CountDigits(text.Slice(0, length)) - 1; digits >= 6; digits--)
            {
                string format = digits == 8 ? "E7" : digits == 7 ? "E6" : "E5";
                value.TryFormat(shorter, out int count, format, CultureInfo.InvariantCulture);
                if (float.Parse(shorter.Slice(0, count), NumberStyles.Float, CultureInfo.InvariantCulture) != value)
                {
                    break;
                }

                shorter.Slice(0, count).CopyTo(text);
                length = count;
            }

            return Write(text.Slice(0, length), room);
        }

        /// <summary>Whether a number is as JavaScript has it already: no exponent, and no zero with a sign.</summary>
        private static bool IsPlain(ReadOnlySpan<char> text) => text.IndexOf('E') < 0 && (text[0] != '-' || text.Length != 2 || text[1] != '0');

        private static int CountDigits(ReadOnlySpan<char> text)
        {
            int count = 0;
            for (int index = 0; index < text.Length && text[index] != 'E'; index++)
            {
                count += text[index] >= '0' && text[index] <= '9' ? 1 : 0;
            }

            return count;
        }

        /// <summary>
        /// Writes a finite number, given as the framework has it, as JavaScript has it; so all languages give the same.
        /// Only zero keeps its sign, as -0.0: many readers take -0 for an integer, which has none.
        /// </summary>
        private static int Write(ReadOnlySpan<char> shortest, Span<char> room)
        {
            Span<char> digits = stackalloc char[32];
            int count = 0, point = 0, length = 0;
            bool hasPoint = false;
            for (int index = 0; index < shortest.Length; index++)
            {
                char c = shortest[index];
                if (c == '-')
                {
                    room[length++] = '-';
                }
                else if (c == '.')
                {
                    hasPoint = true;
                }
                else if (c == 'E')
                {
                    point += int.Parse(shortest.Slice(index + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
                    break;
                }
                else
                {
                    // Zeros in front count for nothing but the place of the point.
                    if (c != '0' || count > 0)
                    {
                        digits[count++] = c;
                        point += hasPoint ? 0 : 1;
                    }
                    else if (hasPoint)
                    {
                        point--;
                    }
                }
            }

            if (count == 0)
            {
                (length > 0 ? "0.0" : "0").AsSpan().CopyTo(room.Slice(length));
                return length > 0 ? 4 : 1;
            }

            while (digits[count - 1] == '0')
            {
                count--;
            }

            return length + Place(digits.Slice(0, count), point, room.Slice(length));
        }

        /// <summary>Writes digits with the point after so many of them, or with an exponent.</summary>
        private static int Place(ReadOnlySpan<char> digits, int point, Span<char> room)
        {
            int length = 0;
            bool hasExponent = point <= -6 || point > 21;
            int whole = hasExponent ? 1 : point;
            if (whole <= 0)
            {
                room[length++] = '0';
            }

            for (int index = Math.Min(whole, 0); index < Math.Max(digits.Length, whole); index++)
            {
                if (index == Math.Min(whole, 0) ? whole <= 0 : index == whole)
                {
                    room[length++] = '.';
                }

                room[length++] = index < 0 || index >= digits.Length ? '0' : digits[index];
            }

            if (hasExponent)
            {
                room[length++] = 'e';
                room[length++] = point > 0 ? '+' : '-';
                Math.Abs(point - 1).TryFormat(room.Slice(length), out int rest, default, CultureInfo.InvariantCulture);
                length += rest;
            }

            return length;
        }

        internal static double Double(ReadOnlySpan<byte> token)
        {
            Span<char> chars = token.Length <= 64 ? stackalloc char[token.Length] : new char[token.Length];
            Widen(token, chars);
            return double.TryParse(chars, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
                ? value
                : double.PositiveInfinity;
        }

        internal static float Float(ReadOnlySpan<byte> token)
        {
            Span<char> chars = token.Length <= 64 ? stackalloc char[token.Length] : new char[token.Length];
            Widen(token, chars);
            return float.TryParse(chars, NumberStyles.Float, CultureInfo.InvariantCulture, out float value)
                ? value
                : float.PositiveInfinity;
        }

        private static void Widen(ReadOnlySpan<byte> token, Span<char> chars)
        {
            for (int index = 0; index < token.Length; index++)
            {
                chars[index] = (char)token[index];
            }
        }

        private static bool Is(ReadOnlySpan<byte> token, string text)
        {
            if (token.Length != text.Length)
            {
                return false;
            }

            for (int index = 0; index < text.Length; index++)
            {
                if (token[index] != text[index])
                {
                    return false;
                }
            }

            return true;
        }

        private static int Digits(ReadOnlySpan<byte> token, ref int at)
        {
            int start = at;
            while (at < token.Length && token[at] >= '0' && token[at] <= '9')
            {
                at++;
            }

            return at - start;
        }

        /// <summary>The value of a number without its sign if it is an integer of at most 64 bits.</summary>
        private static bool TryMagnitude(ReadOnlySpan<byte> token, int start, out ulong value)
        {
            value = 0;
            int at = start;
            int digits = Digits(token, ref at);
            if (at < token.Length || digits == 0 || digits > 19 || (digits > 1 && token[start] == '0'))
            {
                return IsValid(token) && TryExact(token.Slice(start), out value);
            }

            for (int index = start; index < token.Length; index++)
            {
                value = value * 10 + (ulong)(token[index] - '0');
            }

            return true;
        }

        /// <summary>The same for a number with a fraction, an exponent or many digits.</summary>
        private static bool TryExact(ReadOnlySpan<byte> token, out ulong value)
        {
            long exponent = 0;
            int end = token.IndexOfAny((byte)'e', (byte)'E');
            if (end >= 0)
            {
                exponent = Exponent(token.Slice(end + 1));
                token = token.Slice(0, end);
            }

            int point = token.IndexOf((byte)'.');
            if (point >= 0)
            {
                exponent -= token.Length - point - 1;
            }

            // The zeros at the end are an exponent as well.
            int last = token.Length;
            value = 0;
            while (last > 0 && (token[last - 1] == '0' || token[last - 1] == '.'))
            {
                exponent += token[--last] == '0' ? 1 : 0;
            }

            if (last == 0)
            {
                return true;
            }

            if (exponent < 0 || exponent > 19)
            {
                return false;
            }

            foreach (byte c in token.Slice(0, last))
            {
                if (c != '.' && !Push(ref value, (ulong)(c - '0')))
                {
                    return false;
                }
            }

            for (; exponent > 0; exponent--)
            {
                if (!Push(ref value, 0))
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>Puts a digit behind a number; false if it does not fit.</summary>
        private static bool Push(ref ulong value, ulong digit)
        {
            if (value > (ulong.MaxValue - digit) / 10)
            {
                return false;
            }

            value = value * 10 + digit;
            return true;
        }

        /// <summary>An exponent, brought near to what can matter.</summary>
        private static long Exponent(ReadOnlySpan<byte> token)
        {
            bool negative = token[0] == '-';
            long value = 0;
            foreach (byte c in token)
            {
                if (c >= '0' && c <= '9')
                {
                    value = Math.Min(value * 10 + c - '0', int.MaxValue);
                }
            }

            return negative ? -value : value;
        }
    }

    internal static class Base64
    {
        internal static bool TryDecode(string text, out byte[] bytes)
        {
            int length = text.Length;
            while (length > 0 && text[length - 1] == '=' && text.Length - length < 2)
            {
                length--;
            }

            // Padding is all there or not at all, and one character alone holds no byte.
            bool padded = length < text.Length;
            if (length % 4 == 1 || (padded && text.Length % 4 != 0))
            {
                bytes = Array.Empty<byte>();
                return false;
            }

            bytes = new byte[(int)(length * 3L / 4)];
            int bits = 0;
            int count = 0;
            int at = 0;
            for (int index = 0; index < length; index++)
            {
                int value = Value(text[index]);
                if (value < 0)
                {
                    return false;
                }

                bits = ((bits << 6) | value) & 0xFFFF;
                count += 6;
                if (count >= 8)
                {
                    count -= 8;
                    bytes[at++] = unchecked((byte)(bits >> count));
                }
            }

            return true;
        }

        private static int Value(char c) =>
            c >= 'A' && c <= 'Z' ? c - 'A'
            : c >= 'a' && c <= 'z' ? c - 'a' + 26
            : c >= '0' && c <= '9' ? c - '0' + 52
            : c == '+' || c == '-' ? 62
            : c == '/' || c == '_' ? 63
            : -1;
    }
}

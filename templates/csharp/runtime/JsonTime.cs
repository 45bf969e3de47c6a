// What timestamps and durations share in ProtoJSON.

#nullable enable

namespace Xlc
{
    internal static class JsonTime
    {
        /// <summary>The fraction of a second with 0, 3, 6 or 9 digits.</summary>
        internal static string Fraction(int nanos)
        {
            if (nanos == 0)
            {
                return "";
            }

            string digits = nanos.ToString("D9", System.Globalization.CultureInfo.InvariantCulture);
            int length = nanos % 1_000_000 == 0 ? 3 : nanos % 1000 == 0 ? 6 : 9;
            return "." + digits.Substring(0, length);
        }

        /// <summary>Reads a point and up to nine digits, if they are there.</summary>
        internal static bool TryFraction(string text, ref int at, out int nanos)
        {
            nanos = 0;
            if (at >= text.Length || text[at] != '.')
            {
                return true;
            }

            int start = ++at;
            int scale = 100_000_000;
            for (; at < text.Length && text[at] >= '0' && text[at] <= '9'; at++)
            {
                nanos += (text[at] - '0') * scale;
                scale /= 10;
            }

            return at > start && at - start <= 9;
        }

        internal static bool TryDigits(string text, int at, int count, out int value)
        {
            value = 0;
            for (int index = at; index < at + count; index++)
            {
                if (text[index] < '0' || text[index] > '9')
                {
                    return false;
                }

                value = value * 10 + text[index] - '0';
            }

            return true;
        }
    }
}

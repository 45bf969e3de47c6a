// google.protobuf.Duration: conversions, and its form in ProtoJSON (seconds with an `s`).

#nullable enable

using System;
using System.Globalization;

namespace Xlc.WellKnownTypes
{
    sealed partial class Duration
    {
        /// <summary>About ten thousand years.</summary>
        private const long Most = 315_576_000_000;

        /// <summary>The duration of a time span, exact to its 100 nanoseconds.</summary>
        /// <param name="span">The time span.</param>
        /// <returns>The duration.</returns>
        public static Duration From(TimeSpan span)
        {
            long seconds = Math.DivRem(span.Ticks, TimeSpan.TicksPerSecond, out long rest);
            return new Duration { Seconds = seconds, Nanos = (int)rest * 100 };
        }

        /// <summary>The time span; what is finer than 100 nanoseconds is cut off.</summary>
        /// <returns>The time span.</returns>
        /// <exception cref="InvalidOperationException">The duration is not valid.</exception>
        /// <exception cref="OverflowException">The duration is valid but too long for a time span.</exception>
        public TimeSpan ToTimeSpan()
        {
            if (!IsValid(_seconds, _nanos))
            {
                throw new InvalidOperationException("the duration is out of range");
            }

            return TimeSpan.FromTicks(checked(_seconds * TimeSpan.TicksPerSecond + _nanos / 100));
        }

        internal override bool HasOwnJson() => true;

        internal override void WriteJson(JsonWriter w)
        {
            if (!IsValid(_seconds, _nanos))
            {
                w.Fail("the duration is out of range");
                return;
            }

            string sign = _seconds < 0 || _nanos < 0 ? "-" : "";
            string seconds = Math.Abs(_seconds).ToString(CultureInfo.InvariantCulture);
            w.String(sign + seconds + JsonTime.Fraction(Math.Abs(_nanos)) + "s");
        }

        internal override void ReadJson(ref JsonReader r)
        {
            if (!TryParse(r.String()))
            {
                throw r.Error("expected a duration such as 1.5s");
            }
        }

        private static bool IsValid(long seconds, int nanos) =>
            seconds >= -Most && seconds <= Most
            && nanos >= -999_999_999 && nanos <= 999_999_999
            && (seconds >= 0 || nanos <= 0) && (seconds <= 0 || nanos >= 0);

        private bool TryParse(string text)
        {
            bool negative = text.StartsWith("-", StringComparison.Ordinal);
            int start = negative ? 1 : 0;
            int at = start;
            long seconds = 0;
            while (at < text.Length && text[at] >= '0' && text[at] <= '9' && at - start <= 12)
            {
                seconds = seconds * 10 + text[at++] - '0';
            }

            if (at == start || !JsonTime.TryFraction(text, ref at, out int nanos) || at != text.Length - 1 || text[at] != 's')
            {
                return false;
            }

            _seconds = negative ? -seconds : seconds;
            _nanos = negative ? -nanos : nanos;
            return IsValid(_seconds, _nanos);
        }
    }
}

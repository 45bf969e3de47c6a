// google.protobuf.Timestamp: conversions, and its form in ProtoJSON (RFC 3339 in UTC).

#nullable enable

using System;

namespace Xlc.WellKnownTypes
{
    sealed partial class Timestamp
    {
        /// <summary>0001-01-01T00:00:00Z, in seconds since 1970.</summary>
        private const long Least = -62135596800;

        /// <summary>9999-12-31T23:59:59Z, in seconds since 1970.</summary>
        private const long Most = 253402300799;

        /// <summary>The timestamp of a point in time, exact to its 100 nanoseconds.</summary>
        /// <param name="time">The point in time.</param>
        /// <returns>The timestamp.</returns>
        public static Timestamp From(DateTimeOffset time)
        {
            long ticks = time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;
            long seconds = Math.DivRem(ticks, TimeSpan.TicksPerSecond, out long rest);
            if (rest < 0)
            {
                seconds--;
                rest += TimeSpan.TicksPerSecond;
            }

            return new Timestamp { Seconds = seconds, Nanos = (int)rest * 100 };
        }

        /// <summary>The point in time, in UTC; what is finer than 100 nanoseconds is cut off.</summary>
        /// <returns>The point in time.</returns>
        /// <exception cref="InvalidOperationException">The timestamp is out of range.</exception>
        public DateTimeOffset ToDateTimeOffset()
        {
            if (!IsValid(_seconds, _nanos))
            {
                throw new InvalidOperationException("the timestamp is out of range");
            }

            return DateTimeOffset.UnixEpoch.AddTicks(_seconds * TimeSpan.TicksPerSecond + _nanos / 100);
        }

        /// <summary>The point in time as a <see cref="DateTime"/> in UTC.</summary>
        /// <returns>The point in time.</returns>
        /// <exception cref="InvalidOperationException">The timestamp is out of range.</exception>
        public DateTime ToDateTime() => ToDateTimeOffset().UtcDateTime;

        internal override bool HasOwnJson() => true;

        internal override void WriteJson(JsonWriter w)
        {
            if (!IsValid(_seconds, _nanos))
            {
                w.Fail("the timestamp is out of range");
                return;
            }

            DateTime time = DateTime.UnixEpoch.AddSeconds(_seconds);
            string text = time.ToString("yyyy-MM-ddTHH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);
            w.String(text + JsonTime.Fraction(_nanos) + "Z");
        }

        internal override void ReadJson(ref JsonReader r)
        {
            if (!TryParse(r.String()))
            {
                throw r.Error("expected a point in time such as 2006-01-02T15:04:05Z");
            }
        }

        private static bool IsValid(long seconds, int nanos) =>
            seconds >= Least && seconds <= Most && nanos >= 0 && nanos <= 999_999_999;

        private bool TryParse(string text)
        {
            // 2006-01-02T15:04:05, then a fraction perhaps, then Z or an offset.
            if (text.Length < 20
                || !JsonTime.TryDigits(text, 0, 4, out int year) || text[4] != '-'
                || !JsonTime.TryDigits(text, 5, 2, out int month) || text[7] != '-'
                || !JsonTime.TryDigits(text, 8, 2, out int day) || text[10] != 'T'
                || !JsonTime.TryDigits(text, 11, 2, out int hour) || text[13] != ':'
                || !JsonTime.TryDigits(text, 14, 2, out int minute) || text[16] != ':'
                || !JsonTime.TryDigits(text, 17, 2, out int second))
            {
                return false;
            }

            int at = 19;
            if (!JsonTime.TryFraction(text, ref at, out int nanos)
                || !TryOffset(text, at, out int offset)
                || year < 1 || month < 1 || month > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
                || hour > 23 || minute > 59 || second > 59)
            {
                return false;
            }

            var time = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc);
            _seconds = (time.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond - offset;
            _nanos = nanos;
            return IsValid(_seconds, _nanos);
        }

        /// <summary>The offset from UTC in seconds.</summary>
        private static bool TryOffset(string text, int at, out int seconds)
        {
            seconds = 0;
            if (at == text.Length - 1)
            {
                return text[at] == 'Z';
            }

            if (at != text.Length - 6
                || (text[at] != '+' && text[at] != '-')
                || !JsonTime.TryDigits(text, at + 1, 2, out int hours) || text[at + 3] != ':'
                || !JsonTime.TryDigits(text, at + 4, 2, out int minutes)
                || hours > 23 || minutes > 59)
            {
                return false;
            }

            seconds = (hours * 60 + minutes) * (text[at] == '-' ? -60 : 60);
            return true;
        }
    }
}

// Fields that the contract does not know, as they were read, one after the other.

#nullable enable

using System;

namespace Xlc
{
    internal sealed class UnknownFields
    {
        private byte[] _data = Array.Empty<byte>();
        private int _count;

        internal ReadOnlySpan<byte> Data => _data.AsSpan(0, _count);

        internal static void Append(ref UnknownFields? fields, ReadOnlySpan<byte> record)
        {
            if (record.Length == 0)
            {
                return;
            }

            fields ??= new UnknownFields();
            int needed = checked(fields._count + record.Length);
            if (needed > fields._data.Length)
            {
                // The first record gets what it needs: most messages have none or one.
                int size = fields._count == 0 ? needed : Math.Max(needed, (int)Math.Min(2L * needed, 0x7FFFFFC7));
                Array.Resize(ref fields._data, size);
            }

            record.CopyTo(fields._data.AsSpan(fields._count));
            fields._count = needed;
        }

        internal static ReadOnlySpan<byte> Of(UnknownFields? fields) =>
            fields == null ? ReadOnlySpan<byte>.Empty : fields.Data;
    }
}

// The binary form that a text is read into, from its beginning to its end. The length of a message is known at its end, and
// is then put in front of it.

#nullable enable

using System;
using System.Buffers.Binary;

namespace Xlc
{
    internal sealed class TextBuffer
    {
        private byte[] _bytes = new byte[256];

        internal int Length { get; private set; }

        internal ReadOnlySpan<byte> Data => _bytes.AsSpan(0, Length);

        internal byte[] ToArray() => Data.ToArray();

        internal void Varint(ulong value) => Length += WireWriter.Put(Room(10), value);

        internal void ZigZag(long value) => Varint(unchecked((ulong)((value << 1) ^ (value >> 63))));

        internal void Fixed32(uint value)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(Room(4), value);
            Length += 4;
        }

        internal void Fixed64(ulong value)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(Room(8), value);
            Length += 8;
        }

        internal void Raw(byte value)
        {
            Room(1)[0] = value;
            Length++;
        }

        internal void Raw(ReadOnlySpan<byte> bytes)
        {
            bytes.CopyTo(Room(bytes.Length));
            Length += bytes.Length;
        }

        /// <summary>A field of bytes, its tag and its length included.</summary>
        internal void Bytes(uint tag, ReadOnlySpan<byte> bytes)
        {
            Varint(tag);
            Varint((uint)bytes.Length);
            Raw(bytes);
        }

        /// <summary>Makes room for a length of one byte, which most have, and says where it is.</summary>
        internal int Begin()
        {
            Raw(0);
            return Length;
        }

        /// <summary>Puts the length of what was written since a mark in front of it.</summary>
        internal void End(int mark)
        {
            int length = Length - mark;
            if (length >= 0x80)
            {
                Span<byte> digits = stackalloc byte[10];
                int more = WireWriter.Put(digits, (uint)length) - 1;
                Room(more);
                _bytes.AsSpan(mark, length).CopyTo(_bytes.AsSpan(mark + more));
                Length += more;
            }

            WireWriter.Put(_bytes.AsSpan(mark - 1), (uint)length);
        }

        /// <summary>Forgets what was written beyond a length.</summary>
        internal void Cut(int length) => Length = length;

        private Span<byte> Room(int count)
        {
            if (count > _bytes.Length - Length)
            {
                Array.Resize(ref _bytes, (int)Math.Max(checked(Length + count), Math.Min(2L * _bytes.Length, 0x7FFFFFC7)));
            }

            return _bytes.AsSpan(Length);
        }
    }
}

// Writes the binary format from its end to its beginning: when a length is due, what it counts is there already, so
// that one pass is enough. Values come before their tags. Generated code calls one method per value.

#nullable enable

using System;
using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace Xlc
{
    internal ref struct WireWriter
    {
        private byte[] _buffer;
        private int _start;
        private int _depth;

        /// <summary>Where the keys of the extensions that are written go, if anybody wants to know.</summary>
        internal List<Extension>? Extensions;

        /// <summary>What most messages fit into: the pool has such buffers at hand.</summary>
        internal const int Size = 4096;

        internal WireWriter(int size)
        {
            _buffer = ArrayPool<byte>.Shared.Rent(size);
            _start = _buffer.Length;
            _depth = 0;
            Extensions = null;
        }

        /// <summary>How many bytes were written.</summary>
        internal int Written => _buffer.Length - _start;

        internal ReadOnlySpan<byte> Data => _buffer.AsSpan(_start);

        internal byte[] ToArray()
        {
#if NET5_0_OR_GREATER
            byte[] array = GC.AllocateUninitializedArray<byte>(Written);
#else
            byte[] array = new byte[Written];
#endif
            Data.CopyTo(array);
            return array;
        }

        internal void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal void Tag(uint tag)
        {
            if (tag < 0x80 && _start > 0)
            {
                _buffer[--_start] = (byte)tag;
            }
            else
            {
                LongVarint(tag);
            }
        }

        /// <summary>The length of what was written since <paramref name="mark"/>.</summary>
        internal void Length(int mark) => Tag((uint)(Written - mark));

        internal void Double(double value) => Fixed64(unchecked((ulong)BitConverter.DoubleToInt64Bits(value)));

        internal void Float(float value) => Fixed32(unchecked((uint)BitConverter.SingleToInt32Bits(value)));

        internal void Int32(int value) => Uint64(unchecked((ulong)value));

        internal void Int64(long value) => Uint64(unchecked((ulong)value));

        internal void Uint32(uint value) => Tag(value);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal void Uint64(ulong value)
        {
            if (value < 0x80 && _start > 0)
            {
                _buffer[--_start] = (byte)value;
            }
            else
            {
                LongVarint(value);
            }
        }

        internal void Sint32(int value) => Tag(unchecked((uint)((value << 1) ^ (value >> 31))));

        internal void Sint64(long value) => Uint64(unchecked((ulong)((value << 1) ^ (value >> 63))));

        internal void Fixed32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Make(4), value);

        internal void Fixed64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Make(8), value);

        internal void Sfixed32(int value) => Fixed32(unchecked((uint)value));

        internal void Sfixed64(long value) => Fixed64(unchecked((ulong)value));

        internal void Bool(bool value) => Make(1)[0] = value ? (byte)1 : (byte)0;

        internal void String(string value)
        {
            if (value == null)
            {
                throw new EncodeException("the value is null");
            }

            // As many bytes as characters are enough for ASCII, which most text is: then one pass does it.
            int length = value.Length;
            Span<byte> bytes = Make(length);
            if (length <= 16)
            {
                int all = 0;
                for (int index = 0; index < bytes.Length && index < value.Length; index++)
                {
                    all |= value[index];
                    bytes[index] = unchecked((byte)value[index]);
                }

                if (all < 0x80)
                {
                    Tag((uint)length);
                    return;
                }
            }

#if NETCOREAPP
            OperationStatus status = System.Text.Unicode.Utf8.FromUtf16(value, bytes, out _, out int written, false, true);
            if (status != OperationStatus.Done || written != length)
            {
                _start += length;
                length = Utf8Bytes(value);
            }
#else
            _start += length;
            length = Utf8Bytes(value);
#endif
            Tag((uint)length);
        }

        /// <summary>Text that the contract does not verify; see <see cref="WireReader.RawString"/>.</summary>
        internal void RawString(string value)
        {
            if (value == null || Utf8.Count(value) >= 0)
            {
                String(value!);
                return;
            }

            Bytes(Utf8.EncodeRaw(value) ?? throw new EncodeException("the string holds a lone surrogate"));
        }

        internal void Bytes(byte[] value)
        {
            if (value == null)
            {
                throw new EncodeException("the value is null");
            }

            value.CopyTo(Make(value.Length));
            Tag((uint)value.Length);
        }

        /// <summary>A message and its length.</summary>
        internal void Message(Message message)
        {
            int mark = Written;
            Fields(message);
            Length(mark);
        }

        /// <summary>A message between group tags.</summary>
        internal void Group(Message message, uint number)
        {
            Tag((number << 3) | 4);
            Fields(message);
            Tag((number << 3) | 3);
        }

        /// <summary>The fields of a message that the contract does not know.</summary>
        internal void Unknown(Message message)
        {
            Raw(UnknownFields.Of(message.UnknownData));
        }

        /// <summary>Fields that are encoded already.</summary>
        internal void Raw(ReadOnlySpan<byte> bytes)
        {
            if (bytes.Length > 0)
            {
                bytes.CopyTo(Make(bytes.Length));
            }
        }

        /// <summary>Puts a varint into a buffer that has room for it and returns its length.</summary>
        internal static int Put(Span<byte> buffer, ulong value)
        {
            int length = 0;
            for (; value >= 0x80; value >>= 7)
            {
                buffer[length++] = unchecked((byte)(value | 0x80));
            }

            buffer[length++] = (byte)value;
            return length;
        }

        private void Fields(Message message)
        {
            if (message == null)
            {
                throw new EncodeException("the value is null");
            }

            // A message that contains itself must not end the process.
            if ((++_depth & 31) == 0)
            {
                RuntimeHelpers.EnsureSufficientExecutionStack();
            }

            message.WriteWire(ref this);
            _depth--;
        }

        private int Utf8Bytes(string value)
        {
            int length = Utf8.Count(value);
            if (length < 0)
            {
                throw new EncodeException("the string holds a lone surrogate");
            }

            Utf8.Encode(value, Make(length));
            return length;
        }

        private void LongVarint(ulong value)
        {
            int length = 1;
            for (ulong rest = value >> 7; rest != 0; rest >>= 7)
            {
                length++;
            }

            Put(Make(length), value);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private Span<byte> Make(int count)
        {
            if (count > _start)
            {
                Grow(count);
            }

            _start -= count;
            return _buffer.AsSpan(_start, count);
        }

        private void Grow(int count)
        {
            int written = Written;
            long needed = (long)written + count;
            if (needed > int.MaxValue)
            {
                throw new EncodeException("the message is larger than two gigabytes");
            }

            // Each time all is copied: up to a megabyte few and large steps are the cheaper ones.
            long wished = _buffer.Length < 1 << 18 ? 4L * _buffer.Length : 2L * _buffer.Length;
            byte[] larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(0x7FFFFFC7, Math.Max(needed, wished)));
            Data.CopyTo(larger.AsSpan(larger.Length - written));
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
            _start = larger.Length - written;
        }
    }
}

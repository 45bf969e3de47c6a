// Reads the binary format: values. Generated code calls one method for each.

#nullable enable

using System;
using System.Buffers.Binary;

namespace Xlc
{
    internal ref partial struct WireReader
    {
        internal double Double() => BitConverter.Int64BitsToDouble(unchecked((long)Fixed64()));

        internal float Float() => BitConverter.Int32BitsToSingle(unchecked((int)Fixed32()));

        internal int Int32() => unchecked((int)Varint32());

        internal long Int64() => unchecked((long)Varint64());

        internal uint Uint32() => Varint32();

        internal ulong Uint64() => Varint64();

        internal int Sint32()
        {
            uint value = Varint32();
            return (int)(value >> 1) ^ -(int)(value & 1);
        }

        internal long Sint64()
        {
            ulong value = Varint64();
            return (long)(value >> 1) ^ -(long)(value & 1);
        }

        internal uint Fixed32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

        internal ulong Fixed64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

        internal int Sfixed32() => unchecked((int)Fixed32());

        internal long Sfixed64() => unchecked((long)Fixed64());

        internal bool Bool() => Varint64() != 0;

        /// <summary>Text; bytes that are not UTF-8 are an error.</summary>
        internal string String()
        {
            int start = _position;
            ReadOnlySpan<byte> bytes = Take(Length());
            if (bytes.Length == 0)
            {
                return "";
            }

            return Utf8.TryDecode(bytes, out string? text) ? text : throw Error("the string is not valid UTF-8", start);
        }

        /// <summary>Text that the contract does not verify: each byte that is not UTF-8 becomes U+DC00 + byte.</summary>
        internal string RawString()
        {
            ReadOnlySpan<byte> bytes = Take(Length());
            return Utf8.TryDecode(bytes, out string? text) ? text : Utf8.DecodeRaw(bytes);
        }

        internal byte[] Bytes()
        {
            ReadOnlySpan<byte> bytes = Take(Length());
            return bytes.Length == 0 ? Array.Empty<byte>() : bytes.ToArray();
        }

        /// <summary>The number of a closed enum; null if it is unknown, which the message then keeps.</summary>
        internal int? ClosedEnum(EnumTable table, Message message)
        {
            int value = Int32();
            if (table.Has(value))
            {
                return value;
            }

            Span<byte> record = stackalloc byte[15];
            int length = WireWriter.Put(record, _tag & ~7u);
            length += WireWriter.Put(record.Slice(length), unchecked((ulong)value));
            UnknownFields.Append(ref message.UnknownData, record.Slice(0, length));
            return null;
        }
    }
}

// Framing of messages on Kafka: Confluent's, with the id of a schema, and Avro's single-object encoding. Nothing here
// talks to a schema registry.

#nullable enable

using System;
using System.Buffers.Binary;

namespace Xlc
{
    /// <summary>Framing of messages on Kafka.</summary>
    public static partial class Kafka
    {
        /// <summary>The first byte of a framed value.</summary>
        public const byte Magic = 0;

        private const int SchemaHead = 5;
        private const int SingleObjectHead = 10;

        /// <summary>
        /// A Protobuf payload with the id of its schema and the place of its message in the schema before it, as
        /// <see cref="MessageIndexes"/> tells it.
        /// </summary>
        public static byte[] Frame(int schemaId, ReadOnlySpan<int> indexes, ReadOnlySpan<byte> payload)
        {
            // The first message of a file, which most are, takes one byte.
            bool isFirst = indexes.Length == 1 && indexes[0] == 0;
            int size = isFirst ? 1 : NumberSize(indexes.Length);
            for (int i = 0; i < indexes.Length && !isFirst; i++)
            {
                size += NumberSize(indexes[i]);
            }

            byte[] value = new byte[SchemaHead + size + payload.Length];
            BinaryPrimitives.WriteInt32BigEndian(value.AsSpan(1), schemaId);
            int at = SchemaHead;
            WriteNumber(value, ref at, isFirst ? 0 : indexes.Length);
            for (int i = 0; i < indexes.Length && !isFirst; i++)
            {
                WriteNumber(value, ref at, indexes[i]);
            }

            payload.CopyTo(value.AsSpan(at));
            return value;
        }

        /// <summary>An Avro or JSON payload with the id of its schema before it: these have no indexes.</summary>
        public static byte[] FrameSchema(int schemaId, ReadOnlySpan<byte> payload)
        {
            byte[] value = new byte[SchemaHead + payload.Length];
            BinaryPrimitives.WriteInt32BigEndian(value.AsSpan(1), schemaId);
            payload.CopyTo(value.AsSpan(SchemaHead));
            return value;
        }

        /// <summary>Takes a framed Protobuf value apart: the schema's id, the indexes and the payload.</summary>
        /// <returns>Whether it is framed.</returns>
        public static bool TryUnframe(
            ReadOnlySpan<byte> value,
            out int schemaId,
            out int[] indexes,
            out ReadOnlySpan<byte> payload)
        {
            indexes = Array.Empty<int>();
            payload = default;
            // Each index takes a byte at least.
            if (!TryUnframeSchema(value, out schemaId, out ReadOnlySpan<byte> rest)
                || !TryReadNumber(ref rest, out int count)
                || count > rest.Length)
            {
                return false;
            }

            indexes = count == 0 ? new int[1] : new int[count];
            for (int i = 0; i < count; i++)
            {
                if (!TryReadNumber(ref rest, out indexes[i]))
                {
                    return false;
                }
            }

            payload = rest;
            return true;
        }

        /// <summary>Takes a framed Avro or JSON value apart: the schema's id and the payload.</summary>
        /// <returns>Whether it is framed.</returns>
        public static bool TryUnframeSchema(ReadOnlySpan<byte> value, out int schemaId, out ReadOnlySpan<byte> payload)
        {
            bool isFramed = value.Length >= SchemaHead && value[0] == Magic;
            schemaId = isFramed ? BinaryPrimitives.ReadInt32BigEndian(value.Slice(1)) : 0;
            payload = isFramed ? value.Slice(SchemaHead) : default;
            return isFramed;
        }

        /// <summary>An Avro datum with the CRC-64-AVRO fingerprint of its schema before it.</summary>
        public static byte[] SingleObject(ulong fingerprint, ReadOnlySpan<byte> datum)
        {
            byte[] value = new byte[SingleObjectHead + datum.Length];
            value[0] = 0xC3;
            value[1] = 0x01;
            BinaryPrimitives.WriteUInt64LittleEndian(value.AsSpan(2), fingerprint);
            datum.CopyTo(value.AsSpan(SingleObjectHead));
            return value;
        }

        /// <summary>Takes a single-object encoding apart: the fingerprint of the schema and the datum.</summary>
        /// <returns>Whether it is one.</returns>
        public static bool TrySplitSingleObject(
            ReadOnlySpan<byte> value,
            out ulong fingerprint,
            out ReadOnlySpan<byte> datum)
        {
            bool isOne = value.Length >= SingleObjectHead && value[0] == 0xC3 && value[1] == 0x01;
            fingerprint = isOne ? BinaryPrimitives.ReadUInt64LittleEndian(value.Slice(2)) : 0;
            datum = isOne ? value.Slice(SingleObjectHead) : default;
            return isOne;
        }

        private static int NumberSize(int number)
        {
            int size = 1;
            for (uint rest = (uint)number << 1; rest > 127; rest >>= 7)
            {
                size++;
            }

            return size;
        }

        private static void WriteNumber(byte[] value, ref int at, int number)
        {
            uint rest = (uint)number << 1;
            while (rest > 127)
            {
                value[at++] = (byte)((rest & 127) | 128);
                rest >>= 7;
            }

            value[at++] = (byte)rest;
        }

        private static bool TryReadNumber(ref ReadOnlySpan<byte> value, out int number)
        {
            ulong rest = 0;
            for (int i = 0; i < 5 && i < value.Length; i++)
            {
                rest |= (ulong)(value[i] & 127) << (7 * i);
                if (value[i] < 128)
                {
                    number = (int)(rest >> 1);
                    value = value.Slice(i + 1);
                    return (rest & 1) == 0 && rest <= uint.MaxValue;
                }
            }

            number = 0;
            return false;
        }
    }
}

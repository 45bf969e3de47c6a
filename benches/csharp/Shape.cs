// The yardstick: what somebody would write by hand for the fields that the two studies have, and for no others. It is
// the shape that was once measured beside the official runtime, so that a ratio to it is one to that runtime too. It
// keeps no unknown fields, knows no limits and says nothing about where an error is.

#nullable enable

using System;
using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Text;

namespace Shape
{
    public sealed class Series
    {
        public string Uid { get; set; } = "";
        public int Number { get; set; }
        public string Modality { get; set; } = "";
        public string? Description { get; set; }
        public int BodyPart { get; set; }
        public float? SliceThickness { get; set; }

        internal void Write(ref Back w)
        {
            if (SliceThickness != null) { w.Fixed32(BitConverter.SingleToInt32Bits(SliceThickness.Value)); w.Varint(77); }
            if (BodyPart != 0) { w.Varint((ulong)BodyPart); w.Varint(40); }
            if (Description != null) { w.Text(Description); w.Varint(34); }
            if (Modality.Length != 0) { w.Text(Modality); w.Varint(26); }
            if (Number != 0) { w.Varint(unchecked((ulong)Number)); w.Varint(16); }
            if (Uid.Length != 0) { w.Text(Uid); w.Varint(10); }
        }

        internal void Read(ref Forth r)
        {
            while (!r.AtEnd)
            {
                switch (r.Varint())
                {
                    case 10: Uid = r.Text(); break;
                    case 16: Number = unchecked((int)r.Varint()); break;
                    case 26: Modality = r.Text(); break;
                    case 34: Description = r.Text(); break;
                    case 40: BodyPart = (int)r.Varint(); break;
                    case 77: SliceThickness = BitConverter.Int32BitsToSingle(r.Fixed32()); break;
                    default: throw new FormatException();
                }
            }
        }
    }

    public sealed class Patient
    {
        public string Pseudonym { get; set; } = "";
        public string? Sex { get; set; }
        public float? Weight { get; set; }

        internal void Write(ref Back w)
        {
            if (Weight != null) { w.Fixed32(BitConverter.SingleToInt32Bits(Weight.Value)); w.Varint(37); }
            if (Sex != null) { w.Text(Sex); w.Varint(26); }
            if (Pseudonym.Length != 0) { w.Text(Pseudonym); w.Varint(10); }
        }

        internal void Read(ref Forth r)
        {
            while (!r.AtEnd)
            {
                switch (r.Varint())
                {
                    case 10: Pseudonym = r.Text(); break;
                    case 26: Sex = r.Text(); break;
                    case 37: Weight = BitConverter.Int32BitsToSingle(r.Fixed32()); break;
                    default: throw new FormatException();
                }
            }
        }
    }

    public sealed class Timestamp
    {
        public long Seconds { get; set; }
        public int Nanos { get; set; }

        internal void Write(ref Back w)
        {
            if (Nanos != 0) { w.Varint((ulong)Nanos); w.Varint(16); }
            if (Seconds != 0) { w.Varint((ulong)Seconds); w.Varint(8); }
        }

        internal void Read(ref Forth r)
        {
            while (!r.AtEnd)
            {
                switch (r.Varint())
                {
                    case 8: Seconds = (long)r.Varint(); break;
                    case 16: Nanos = (int)r.Varint(); break;
                    default: throw new FormatException();
                }
            }
        }
    }

    public sealed partial class Study
    {
        public string Id { get; set; } = "";
        public string AccessionNumber { get; set; } = "";
        public string Modality { get; set; } = "";
        public int Status { get; set; }
        public Patient? Patient { get; set; }
        public string? Description { get; set; }
        public Timestamp? PerformedAt { get; set; }
        public List<int> BodyParts { get; set; } = new List<int>();
        public List<Series> Series { get; set; } = new List<Series>();
        public Dictionary<string, string> Labels { get; set; } = new Dictionary<string, string>();
        public long Revision { get; set; }
        public ulong TotalBytes { get; set; }
        public int? QueuePosition { get; set; }

        public static Study Parse(ReadOnlySpan<byte> data)
        {
            var study = new Study();
            var reader = new Forth(data);
            study.Read(ref reader);
            return study;
        }

        public byte[] ToByteArray()
        {
            var writer = new Back(256);
            Write(ref writer);
            byte[] array = writer.Data.ToArray();
            writer.Dispose();
            return array;
        }

        public void WriteTo(IBufferWriter<byte> output)
        {
            var writer = new Back(256);
            Write(ref writer);
            output.Write(writer.Data);
            writer.Dispose();
        }

        private void Write(ref Back w)
        {
            if (QueuePosition != null) { w.Varint(unchecked((ulong)QueuePosition.Value)); w.Varint(168); }
            if (TotalBytes != 0) { w.Varint(TotalBytes); w.Varint(152); }
            if (Revision != 0) { w.Varint(unchecked((ulong)Revision)); w.Varint(144); }
            if (Labels.Count != 0)
            {
                var keys = new string[Labels.Count];
                Labels.Keys.CopyTo(keys, 0);
                Array.Sort(keys, StringComparer.Ordinal);
                for (int index = keys.Length - 1; index >= 0; index--)
                {
                    int end = w.Written;
                    w.Text(Labels[keys[index]]);
                    w.Varint(18);
                    w.Text(keys[index]);
                    w.Varint(10);
                    w.Varint((ulong)(w.Written - end));
                    w.Varint(106);
                }
            }

            for (int index = Series.Count - 1; index >= 0; index--)
            {
                int end = w.Written;
                Series[index].Write(ref w);
                w.Varint((ulong)(w.Written - end));
                w.Varint(82);
            }

            if (BodyParts.Count != 0)
            {
                int end = w.Written;
                for (int index = BodyParts.Count - 1; index >= 0; index--)
                {
                    w.Varint((ulong)BodyParts[index]);
                }

                w.Varint((ulong)(w.Written - end));
                w.Varint(74);
            }

            if (PerformedAt != null)
            {
                int end = w.Written;
                PerformedAt.Write(ref w);
                w.Varint((ulong)(w.Written - end));
                w.Varint(66);
            }

            if (Description != null) { w.Text(Description); w.Varint(58); }
            if (Patient != null)
            {
                int end = w.Written;
                Patient.Write(ref w);
                w.Varint((ulong)(w.Written - end));
                w.Varint(50);
            }

            if (Status != 0) { w.Varint((ulong)Status); w.Varint(32); }
            if (Modality.Length != 0) { w.Text(Modality); w.Varint(26); }
            if (AccessionNumber.Length != 0) { w.Text(AccessionNumber); w.Varint(18); }
            if (Id.Length != 0) { w.Text(Id); w.Varint(10); }
        }

        private void Read(ref Forth r)
        {
            while (!r.AtEnd)
            {
                switch (r.Varint())
                {
                    case 10: Id = r.Text(); break;
                    case 18: AccessionNumber = r.Text(); break;
                    case 26: Modality = r.Text(); break;
                    case 32: Status = (int)r.Varint(); break;
                    case 50: { int end = r.Enter(); (Patient ??= new Patient()).Read(ref r); r.Leave(end); break; }
                    case 58: Description = r.Text(); break;
                    case 66: { int end = r.Enter(); (PerformedAt ??= new Timestamp()).Read(ref r); r.Leave(end); break; }
                    case 74: { int end = r.Enter(); while (!r.AtEnd) { BodyParts.Add((int)r.Varint()); } r.Leave(end); break; }
                    case 82: { int end = r.Enter(); var one = new Series(); one.Read(ref r); Series.Add(one); r.Leave(end); break; }
                    case 106: { int end = r.Enter(); ReadLabel(ref r); r.Leave(end); break; }
                    case 144: Revision = unchecked((long)r.Varint()); break;
                    case 152: TotalBytes = r.Varint(); break;
                    case 168: QueuePosition = unchecked((int)r.Varint()); break;
                    default: throw new FormatException();
                }
            }
        }

        private void ReadLabel(ref Forth r)
        {
            string key = "", value = "";
            while (!r.AtEnd)
            {
                switch (r.Varint())
                {
                    case 10: key = r.Text(); break;
                    case 18: value = r.Text(); break;
                    default: throw new FormatException();
                }
            }

            Labels[key] = value;
        }
    }

    /// <summary>Writes from the end of a buffer to its beginning.</summary>
    internal ref struct Back
    {
        private byte[] _buffer;
        private int _start;

        internal Back(int size)
        {
            _buffer = ArrayPool<byte>.Shared.Rent(size);
            _start = _buffer.Length;
        }

        internal int Written => _buffer.Length - _start;

        internal ReadOnlySpan<byte> Data => _buffer.AsSpan(_start);

        internal void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

        internal void Varint(ulong value)
        {
            int length = 1;
            for (ulong rest = value >> 7; rest != 0; rest >>= 7)
            {
                length++;
            }

            Span<byte> bytes = Make(length);
            for (int index = 0; index < length - 1; index++, value >>= 7)
            {
                bytes[index] = (byte)(value | 0x80);
            }

            bytes[length - 1] = (byte)value;
        }

        internal void Fixed32(int value) => BinaryPrimitives.WriteInt32LittleEndian(Make(4), value);

        internal void Text(string value)
        {
            Span<byte> bytes = Make(value.Length);
            OperationStatus status = System.Text.Unicode.Utf8.FromUtf16(value, bytes, out _, out int written, false);
            if (status != OperationStatus.Done || written != value.Length)
            {
                throw new FormatException("the yardstick is for ASCII");
            }

            Varint((ulong)value.Length);
        }

        private Span<byte> Make(int count)
        {
            if (count > _start)
            {
                byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(Written + count, 2 * _buffer.Length));
                int start = larger.Length - Written;
                Data.CopyTo(larger.AsSpan(start));
                ArrayPool<byte>.Shared.Return(_buffer);
                _buffer = larger;
                _start = start;
            }

            _start -= count;
            return _buffer.AsSpan(_start, count);
        }
    }

    /// <summary>Reads messages and those in them in place.</summary>
    internal ref struct Forth
    {
        private static readonly UTF8Encoding Strict = new UTF8Encoding(false, true);
        private readonly ReadOnlySpan<byte> _data;
        private int _position;
        private int _end;

        internal Forth(ReadOnlySpan<byte> data)
        {
            _data = data;
            _position = 0;
            _end = data.Length;
        }

        internal bool AtEnd => _position >= _end;

        internal int Enter()
        {
            int outer = _end;
            _end = (int)Varint() + _position;
            return outer;
        }

        internal void Leave(int outer) => _end = outer;

        internal ulong Varint()
        {
            ulong value = 0;
            for (int shift = 0; ; shift += 7)
            {
                byte part = _data[_position++];
                value |= (ulong)(part & 0x7F) << shift;
                if (part < 0x80)
                {
                    return value;
                }
            }
        }

        internal int Fixed32()
        {
            int value = BinaryPrimitives.ReadInt32LittleEndian(_data.Slice(_position));
            _position += 4;
            return value;
        }

        internal string Text()
        {
            int length = (int)Varint();
            string text = Strict.GetString(_data.Slice(_position, length));
            _position += length;
            return text;
        }
    }
}

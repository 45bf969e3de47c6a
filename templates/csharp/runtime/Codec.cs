// How extensions read and write values of each type. Fields need none of this: their code is generated.

#nullable enable

using System;

namespace Xlc
{
    internal delegate T WireGet<T>(ref WireReader r);

    internal delegate void WirePut<T>(ref WireWriter w, T value);

    internal delegate T JsonGet<T>(ref JsonReader r);

    /// <summary>How values of one type are read and written.</summary>
    internal abstract class Codec<T>
    {
        internal abstract uint WireType { get; }

        internal bool IsPackable => WireType == 0 || WireType == 1 || WireType == 5;

        internal abstract bool TryRead(ref WireReader r, ExtensionValue<T>? old, out T value);

        internal abstract bool TryReadJson(ref JsonReader r, out T value);

        /// <summary>Writes a value with its tags.</summary>
        internal virtual void Write(ref WireWriter w, int number, T value)
        {
            Put(ref w, value);
            w.Tag(((uint)number << 3) | WireType);
        }

        /// <summary>Writes a value without its tag.</summary>
        internal abstract void Put(ref WireWriter w, T value);

        internal abstract void WriteJson(JsonWriter w, T value);

        internal virtual T Copy(T value) => value;
    }

    internal sealed class ScalarCodec<T> : Codec<T>
    {
        private readonly WireGet<T> _get;
        private readonly WirePut<T> _put;
        private readonly JsonGet<T> _getJson;
        private readonly Action<JsonWriter, T> _putJson;

        internal ScalarCodec(
            uint wireType,
            WireGet<T> get,
            WirePut<T> put,
            JsonGet<T> getJson,
            Action<JsonWriter, T> putJson)
        {
            WireType = wireType;
            _get = get;
            _put = put;
            _getJson = getJson;
            _putJson = putJson;
        }

        internal override uint WireType { get; }

        internal override bool TryRead(ref WireReader r, ExtensionValue<T>? old, out T value)
        {
            value = _get(ref r);
            return true;
        }

        internal override bool TryReadJson(ref JsonReader r, out T value)
        {
            value = _getJson(ref r);
            return true;
        }

        internal override void Put(ref WireWriter w, T value) => _put(ref w, value);

        internal override void WriteJson(JsonWriter w, T value) => _putJson(w, value);

        internal override T Copy(T value) => value is byte[] bytes ? (T)(object)MessageValues.Copy(bytes) : value;
    }

    internal sealed class EnumCodec<T> : Codec<T>
    {
        private readonly EnumTable _table;
        private readonly Func<int, T> _make;
        private readonly Func<T, int> _number;

        internal EnumCodec(EnumTable table, Func<int, T> make, Func<T, int> number)
        {
            _table = table;
            _make = make;
            _number = number;
        }

        internal override uint WireType => 0;

        internal override bool TryRead(ref WireReader r, ExtensionValue<T>? old, out T value)
        {
            int number = r.Int32();
            value = _make(number);
            return _table.Allows(number);
        }

        internal override bool TryReadJson(ref JsonReader r, out T value)
        {
            int? number = r.Enum(_table);
            value = _make(number ?? 0);
            return number != null;
        }

        internal override void Put(ref WireWriter w, T value) => w.Int32(_number(value));

        internal override void WriteJson(JsonWriter w, T value) => w.Enum(_table, _number(value));
    }

    internal sealed class MessageCodec<T> : Codec<T>
        where T : Message
    {
        private readonly Func<T> _make;
        private readonly Func<T, T> _copy;
        private readonly bool _group;

        internal MessageCodec(Func<T> make, Func<T, T> copy, bool group = false)
        {
            _make = make;
            _copy = copy;
            _group = group;
        }

        internal override uint WireType => _group ? 3u : 2u;

        internal override bool TryRead(ref WireReader r, ExtensionValue<T>? old, out T value)
        {
            T message = old == null ? _make() : old.Value;
            value = _group ? r.Group(message) : r.Message(message);
            return true;
        }

        internal override bool TryReadJson(ref JsonReader r, out T value)
        {
            value = r.Message(_make());
            return true;
        }

        internal override void Write(ref WireWriter w, int number, T value)
        {
            if (_group)
            {
                w.Group(value, (uint)number);
            }
            else
            {
                base.Write(ref w, number, value);
            }
        }

        internal override void Put(ref WireWriter w, T value) => w.Message(value);

        internal override void WriteJson(JsonWriter w, T value) => w.Message(value);

        internal override T Copy(T value) => _copy(value);
    }

    /// <summary>The codecs of the scalar types, called as in .proto files.</summary>
    internal static class Codecs
    {
        internal static Codec<double> Double => new ScalarCodec<double>(
            1,
            (ref WireReader r) => r.Double(),
            (ref WireWriter w, double v) => w.Double(v),
            (ref JsonReader r) => r.Double(),
            (w, v) => w.Double(v));

        internal static Codec<float> Float => new ScalarCodec<float>(
            5,
            (ref WireReader r) => r.Float(),
            (ref WireWriter w, float v) => w.Float(v),
            (ref JsonReader r) => r.Float(),
            (w, v) => w.Float(v));

        internal static Codec<int> Int32 => new ScalarCodec<int>(
            0,
            (ref WireReader r) => r.Int32(),
            (ref WireWriter w, int v) => w.Int32(v),
            (ref JsonReader r) => r.Int32(),
            (w, v) => w.Int32(v));

        internal static Codec<long> Int64 => new ScalarCodec<long>(
            0,
            (ref WireReader r) => r.Int64(),
            (ref WireWriter w, long v) => w.Int64(v),
            (ref JsonReader r) => r.Int64(),
            (w, v) => w.Int64(v));

        internal static Codec<uint> Uint32 => new ScalarCodec<uint>(
            0,
            (ref WireReader r) => r.Uint32(),
            (ref WireWriter w, uint v) => w.Uint32(v),
            (ref JsonReader r) => r.Uint32(),
            (w, v) => w.Uint32(v));

        internal static Codec<ulong> Uint64 => new ScalarCodec<ulong>(
            0,
            (ref WireReader r) => r.Uint64(),
            (ref WireWriter w, ulong v) => w.Uint64(v),
            (ref JsonReader r) => r.Uint64(),
            (w, v) => w.Uint64(v));

        internal static Codec<int> Sint32 => new ScalarCodec<int>(
            0,
            (ref WireReader r) => r.Sint32(),
            (ref WireWriter w, int v) => w.Sint32(v),
            (ref JsonReader r) => r.Int32(),
            (w, v) => w.Int32(v));

        internal static Codec<long> Sint64 => new ScalarCodec<long>(
            0,
            (ref WireReader r) => r.Sint64(),
            (ref WireWriter w, long v) => w.Sint64(v),
            (ref JsonReader r) => r.Int64(),
            (w, v) => w.Int64(v));

        internal static Codec<uint> Fixed32 => new ScalarCodec<uint>(
            5,
            (ref WireReader r) => r.Fixed32(),
            (ref WireWriter w, uint v) => w.Fixed32(v),
            (ref JsonReader r) => r.Uint32(),
            (w, v) => w.Uint32(v));

        internal static Codec<ulong> Fixed64 => new ScalarCodec<ulong>(
            1,
            (ref WireReader r) => r.Fixed64(),
            (ref WireWriter w, ulong v) => w.Fixed64(v),
            (ref JsonReader r) => r.Uint64(),
            (w, v) => w.Uint64(v));

        internal static Codec<int> Sfixed32 => new ScalarCodec<int>(
            5,
            (ref WireReader r) => r.Sfixed32(),
            (ref WireWriter w, int v) => w.Sfixed32(v),
            (ref JsonReader r) => r.Int32(),
            (w, v) => w.Int32(v));

        internal static Codec<long> Sfixed64 => new ScalarCodec<long>(
            1,
            (ref WireReader r) => r.Sfixed64(),
            (ref WireWriter w, long v) => w.Sfixed64(v),
            (ref JsonReader r) => r.Int64(),
            (w, v) => w.Int64(v));

        internal static Codec<bool> Bool => new ScalarCodec<bool>(
            0,
            (ref WireReader r) => r.Bool(),
            (ref WireWriter w, bool v) => w.Bool(v),
            (ref JsonReader r) => r.Bool(),
            (w, v) => w.Bool(v));

        internal static Codec<string> String => new ScalarCodec<string>(
            2,
            (ref WireReader r) => r.String(),
            (ref WireWriter w, string v) => w.String(v),
            (ref JsonReader r) => r.String(),
            (w, v) => w.String(v));

        internal static Codec<string> RawString => new ScalarCodec<string>(
            2,
            (ref WireReader r) => r.RawString(),
            (ref WireWriter w, string v) => w.RawString(v),
            (ref JsonReader r) => r.String(),
            (w, v) => w.String(v));

        internal static Codec<byte[]> Bytes => new ScalarCodec<byte[]>(
            2,
            (ref WireReader r) => r.Bytes(),
            (ref WireWriter w, byte[] v) => w.Bytes(v),
            (ref JsonReader r) => r.Bytes(),
            (w, v) => w.Bytes(v));
    }
}

// The wrappers of google/protobuf/wrappers.proto: conversions, and their form in ProtoJSON, which is that of the value.

#nullable enable

namespace Xlc.WellKnownTypes
{
    sealed partial class DoubleValue
    {
        /// <summary>Wraps a value.</summary>
        /// <param name="value">The value.</param>
        public static implicit operator DoubleValue(double value) => new DoubleValue { Value = value };

        internal override bool HasOwnJson() => true;

        internal override void WriteJson(JsonWriter w) => w.Double(_value);

        internal override void ReadJson(ref JsonReader r) => _value = r.Double();
    }

    sealed partial class FloatValue
    {
        /// <summary>Wraps a value.</summary>
        /// <param name="value">The value.</param>
        public static implicit operator FloatValue(float value) => new FloatValue { Value = value };

        internal override bool HasOwnJson() => true;

        internal override void WriteJson(JsonWriter w) => w.Float(_value);

        internal override void ReadJson(ref JsonReader r) => _value = r.Float();
    }

    sealed partial class Int64Value
    {
        /// <summary>Wraps a value.</summary>
        /// <param name="value">The value.</param>
        public static implicit operator Int64Value(long value) => new Int64Value { Value = value };

        internal override bool HasOwnJson() => true;

        internal override void WriteJson(JsonWriter w) => w.Int64(_value);

        internal override void ReadJson(ref JsonReader r) => _value = r.Int64();
    }

    sealed partial class UInt64Value
    {
        /// <summary>Wraps a value.</summary>
        /// <param name="value">The value.</param>
        public static implicit operator UInt64Value(ulong value) => new UInt64Value { Value = value };

        internal override bool HasOwnJson() => true;

        internal override void WriteJson(JsonWriter w) => w.Uint64(_value);

        internal override void ReadJson(ref JsonReader r) => _value = r.Uint64();
    }

    sealed partial class Int32Value
    {
        /// <summary>Wraps a value.</summary>
        /// <param name="value">The value.</param>
        public static implicit operator Int32Value(int value) => new Int32Value { Value = value };

        internal override bool HasOwnJson() => true;

        internal override void WriteJson(JsonWriter w) => w.Int32(_value);

        internal override void ReadJson(ref JsonReader r) => _value = r.Int32();
    }

    sealed partial class UInt32Value
    {
        /// <summary>Wraps a value.</summary>
        /// <param name="value">The value.</param>
        public static implicit operator UInt32Value(uint value) => new UInt32Value { Value = value };

        internal override bool HasOwnJson() => true;

        internal override void WriteJson(JsonWriter w) => w.Uint32(_value);

        internal override void ReadJson(ref JsonReader r) => _value = r.Uint32();
    }

    sealed partial class BoolValue
    {
        /// <summary>Wraps a value.</summary>
        /// <param name="value">The value.</param>
        public static implicit operator BoolValue(bool value) => new BoolValue { Value = value };

        internal override bool HasOwnJson() => true;

        internal override void WriteJson(JsonWriter w) => w.Bool(_value);

        internal override void ReadJson(ref JsonReader r) => _value = r.Bool();
    }

    sealed partial class StringValue
    {
        /// <summary>Wraps a value.</summary>
        /// <param name="value">The value.</param>
        public static implicit operator StringValue(string value) => new StringValue { Value = value };

        internal override bool HasOwnJson() => true;

        internal override void WriteJson(JsonWriter w) => w.String(_value);

        internal override void ReadJson(ref JsonReader r) => _value = r.String();
    }

    sealed partial class BytesValue
    {
        /// <summary>Wraps a value.</summary>
        /// <param name="value">The value.</param>
        public static implicit operator BytesValue(byte[] value) => new BytesValue { Value = value };

        internal override bool HasOwnJson() => true;

        internal override void WriteJson(JsonWriter w) => w.Bytes(_value);

        internal override void ReadJson(ref JsonReader r) => _value = r.Bytes();
    }
}

// google/protobuf/struct.proto: JSON values as messages, their conversions, and their form in ProtoJSON: themselves.

#nullable enable

using System;
using System.Collections.Generic;

namespace Xlc.WellKnownTypes
{
    sealed partial class Struct
    {
        /// <summary>The struct of these members.</summary>
        /// <param name="members">Names, and values that <see cref="Value.From"/> takes.</param>
        /// <returns>The struct.</returns>
        public static Struct From(IEnumerable<KeyValuePair<string, object?>> members)
        {
            var result = new Struct();
            foreach (KeyValuePair<string, object?> member in members)
            {
                result.Fields[member.Key] = Value.From(member.Value);
            }

            return result;
        }

        /// <summary>The members, with values as <see cref="Value.ToObject"/> makes them.</summary>
        /// <returns>A new dictionary.</returns>
        public Dictionary<string, object?> ToDictionary()
        {
            var result = new Dictionary<string, object?>();
            foreach (KeyValuePair<string, Value> member in Fields)
            {
                result[member.Key] = member.Value.ToObject();
            }

            return result;
        }

        internal override bool HasOwnJson() => true;

        internal override void WriteJson(JsonWriter w)
        {
            w.BeginObject();
            if (_fields != null)
            {
                foreach (KeyValuePair<string, Value> member in MessageValues.Sorted(_fields))
                {
                    w.AnyName(member.Key);
                    w.Message(member.Value);
                }
            }

            w.EndObject();
        }

        internal override void ReadJson(ref JsonReader r)
        {
            for (bool more = r.BeginMap(); more; more = r.NextEntry())
            {
                string name = r.Key();
                if (!Fields.TryAdd(name, r.Message(new Value())))
                {
                    throw r.Error("the key is there twice");
                }
            }
        }
    }

    sealed partial class ListValue
    {
        /// <summary>The list of these values.</summary>
        /// <param name="values">Values that <see cref="Value.From"/> takes.</param>
        /// <returns>The list.</returns>
        public static ListValue From(System.Collections.IEnumerable values)
        {
            var result = new ListValue();
            foreach (object? value in values)
            {
                result.Values.Add(Value.From(value));
            }

            return result;
        }

        internal override bool HasOwnJson() => true;

        internal override void WriteJson(JsonWriter w)
        {
            w.BeginArray();
            for (int index = 0; index < (_values?.Count ?? 0); index++)
            {
                w.Next();
                w.Message(_values![index]);
            }

            w.EndArray();
        }

        internal override void ReadJson(ref JsonReader r)
        {
            for (bool more = r.BeginArray(); more; more = r.NextElement())
            {
                Values.Add(r.Message(new Value()));
            }
        }
    }

    sealed partial class Value
    {
        /// <summary>The value of an object: null, a bool, a number, a string, or a dictionary or sequence of those.</summary>
        /// <param name="value">The object.</param>
        /// <returns>The value.</returns>
        /// <exception cref="ArgumentException">The object is of another type.</exception>
        public static Value From(object? value)
        {
            switch (value)
            {
                case null:
                    return new Value { Kind = new KindOneof.NullValue(default) };
                case Value same:
                    return same;
                case bool flag:
                    return new Value { Kind = new KindOneof.BoolValue(flag) };
                case string text:
                    return new Value { Kind = new KindOneof.StringValue(text) };
                case Struct members:
                    return new Value { Kind = new KindOneof.StructValue(members) };
                case ListValue list:
                    return new Value { Kind = new KindOneof.ListValue(list) };
                case IEnumerable<KeyValuePair<string, object?>> members:
                    return new Value { Kind = new KindOneof.StructValue(Struct.From(members)) };
                case System.Collections.IEnumerable values:
                    return new Value { Kind = new KindOneof.ListValue(ListValue.From(values)) };
                case IConvertible number when IsNumber(number.GetTypeCode()):
                    return new Value { Kind = new KindOneof.NumberValue(number.ToDouble(null)) };
                default:
                    throw new ArgumentException("the object is of no type that a value can hold", nameof(value));
            }
        }

        /// <summary>The value as null, a bool, a double, a string, a dictionary or a list.</summary>
        /// <returns>The object.</returns>
        public object? ToObject()
        {
            switch (_kind)
            {
                case KindOneof.BoolValue flag:
                    return flag.Value;
                case KindOneof.NumberValue number:
                    return number.Value;
                case KindOneof.StringValue text:
                    return text.Value;
                case KindOneof.StructValue members:
                    return members.Value.ToDictionary();
                case KindOneof.ListValue list:
                    return list.Value.Values.ConvertAll(element => element.ToObject());
                default:
                    return null;
            }
        }

        private static bool IsNumber(TypeCode code) => code >= TypeCode.SByte && code <= TypeCode.Decimal;

        internal override bool HasOwnJson() => true;

        internal override void WriteJson(JsonWriter w)
        {
            switch (_kind)
            {
                case KindOneof.NullValue _:
                    w.Null();
                    break;
                case KindOneof.BoolValue flag:
                    w.Bool(flag.Value);
                    break;
                case KindOneof.NumberValue number when double.IsNaN(number.Value) || double.IsInfinity(number.Value):
                    w.Fail("a value of JSON cannot hold a number that is not finite");
                    break;
                case KindOneof.NumberValue number:
                    w.Double(number.Value);
                    break;
                case KindOneof.StringValue text:
                    w.String(text.Value);
                    break;
                case KindOneof.StructValue members:
                    w.Message(members.Value);
                    break;
                case KindOneof.ListValue list:
                    w.Message(list.Value);
                    break;
                default:
                    w.Fail("a value of JSON is not set");
                    break;
            }
        }

        internal override void ReadJson(ref JsonReader r)
        {
            switch (r.Peek())
            {
                case (byte)'n' when r.TryNull():
                    _kind = new KindOneof.NullValue(default);
                    break;
                case (byte)'t':
                case (byte)'f':
                    _kind = new KindOneof.BoolValue(r.Bool());
                    break;
                case (byte)'"':
                    _kind = new KindOneof.StringValue(r.String());
                    break;
                case (byte)'{':
                    _kind = new KindOneof.StructValue(r.Message(new Struct()));
                    break;
                case (byte)'[':
                    _kind = new KindOneof.ListValue(r.Message(new ListValue()));
                    break;
                default:
                    _kind = new KindOneof.NumberValue(r.Double());
                    break;
            }
        }
    }
}

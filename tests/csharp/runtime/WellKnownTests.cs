// The well-known types: conversions and their forms in ProtoJSON.

#nullable enable

using System;
using System.Collections.Generic;
using Xlc;
using Xlc.WellKnownTypes;

internal static class WellKnownTests
{
    internal static void Run()
    {
        Timestamps();
        Durations();
        FieldMasks();
        Values();
        Anys();
        Check.Equal("\"AAE=\"", new BytesValue { Value = new byte[] { 0, 1 } }.ToJson());
        Check.Equal("\"-5\"", new Int64Value { Value = -5 }.ToJson());
        UInt32Value implicitly = 7;
        Check.Equal(7u, implicitly.Value);
    }

    private static void Timestamps()
    {
        var time = new DateTimeOffset(1969, 12, 31, 23, 59, 58, 500, TimeSpan.Zero);
        Check.Equal(new Timestamp { Seconds = -2, Nanos = 500_000_000 }, Timestamp.From(time));
        Check.Equal(time, Timestamp.From(time).ToDateTimeOffset());
        foreach ((string text, string canonical) in new[]
        {
            ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z"),
            ("1970-01-01T01:00:00.1+01:00", "1970-01-01T00:00:00.100Z"),
            ("0001-01-01T00:00:00.000000001Z", "0001-01-01T00:00:00.000000001Z"),
            ("9999-12-31T23:59:59.999999999Z", "9999-12-31T23:59:59.999999999Z"),
            ("2024-02-29T23:59:59.000010-00:30", "2024-03-01T00:29:59.000010Z"),
        })
        {
            Check.Equal("\"" + canonical + "\"", Timestamp.ParseJson("\"" + text + "\"").ToJson());
        }

        foreach (string text in new[]
        {
            "", "1970-01-01", "1970-01-01T00:00:00", "1970-01-01t00:00:00Z", "1970-01-01T00:00:00z", "1970-01-01 00:00:00Z",
            "1970-1-1T00:00:00Z", "1970-13-01T00:00:00Z", "1970-02-29T00:00:00Z", "1970-01-01T24:00:00Z", "1970-01-01T00:60:00Z",
            "1970-01-01T00:00:60Z", "1970-01-01T00:00:00.Z", "1970-01-01T00:00:00.0000000001Z", "1970-01-01T00:00:00+1:00",
            "1970-01-01T00:00:00+0100", "1970-01-01T00:00:00+24:00", "0000-01-01T00:00:00Z", "0001-01-01T00:00:00+00:01",
            "9999-12-31T23:59:59-00:01", "10000-01-01T00:00:00Z", "1970-01-01T00:00:00ZZ", " 1970-01-01T00:00:00Z", "1970-01-01T00:00:00,5Z",
        })
        {
            Check.Throws<JsonFormatException>(() => Timestamp.ParseJson("\"" + text + "\""));
        }

        Check.Throws<EncodeException>(() => new Timestamp { Seconds = 253402300800 }.ToJson());
    }

    private static void Durations()
    {
        Check.Equal(new Duration { Seconds = -1, Nanos = -500_000_000 }, Duration.From(TimeSpan.FromSeconds(-1.5)));
        Check.Equal(TimeSpan.FromSeconds(-1.5), Duration.From(TimeSpan.FromSeconds(-1.5)).ToTimeSpan());
        foreach ((string text, string canonical) in new[]
        {
            ("0s", "0s"), ("-0s", "0s"), ("1.5s", "1.500s"), ("-0.000001s", "-0.000001s"), ("315576000000.999999999s", "315576000000.999999999s"),
        })
        {
            Check.Equal("\"" + canonical + "\"", Duration.ParseJson("\"" + text + "\"").ToJson());
        }

        foreach (string text in new[] { "", "s", "1", "1.s", ".5s", "+1s", "1 s", "1S", "315576000001s", "1.0000000001s", "--1s", "1e3s", "9999999999999999999999s" })
        {
            Check.Throws<JsonFormatException>(() => Duration.ParseJson("\"" + text + "\""));
        }

        Check.Throws<EncodeException>(() => new Duration { Seconds = 1, Nanos = -1 }.ToJson());
    }

    private static void FieldMasks()
    {
        Check.Equal("\"fooBar.baz,x\"", FieldMask.Of("foo_bar.baz", "x").ToJson());
        Check.Equal("foo_bar.baz|x", string.Join("|", FieldMask.ParseJson("\"fooBar.baz,x\"").Paths));
        Check.Equal(0, FieldMask.ParseJson("\"\"").Paths.Count);
        Check.Throws<JsonFormatException>(() => FieldMask.ParseJson("\"foo_bar\""));
        foreach (string path in new[] { "fooBar", "foo__bar", "foo_3", "foo_" })
        {
            Check.Throws<EncodeException>(() => FieldMask.Of(path).ToJson());
        }
    }

    private static void Values()
    {
        const string Json = "{\"a\":null,\"b\":[1.5,true,\"x\",{}],\"c\":{\"d\":-0}}";
        // Negative zero is read as it stands, and written so that readers that take -0 for an integer keep its sign.
        Check.Equal(Json.Replace("-0", "-0.0"), Struct.ParseJson(Json).ToJson());
        Dictionary<string, object?> members = Struct.ParseJson(Json).ToDictionary();
        Check.Equal(Struct.ParseJson(Json), Struct.From(members));
        Check.Throws<JsonFormatException>(() => Struct.ParseJson("{\"a\":1,\"a\":2}"));
        Check.Throws<JsonFormatException>(() => Value.ParseJson("1e999"));
        Check.Throws<EncodeException>(() => new Value { Kind = new Value.KindOneof.NumberValue(double.NaN) }.ToJson());
        Check.Throws<EncodeException>(() => new Value().ToJson());
        Check.Throws<JsonFormatException>(() => Value.ParseJson(new string('[', 1000)));
        Check.Throws<ArgumentException>(() => Value.From(new object()));
        Check.Equal(2.0, (double)Value.From(2).ToObject()!);
    }

    private static void Anys()
    {
        var options = new JsonWriteOptions { Types = Samples.Types };
        var read = new JsonReadOptions { Types = Samples.Types };
        Any any = Any.Pack(new Duration { Seconds = 1 });
        Check.Equal("{\"@type\":\"type.googleapis.com/google.protobuf.Duration\",\"value\":\"1s\"}", any.ToJson(options));
        Check.Equal(any, Any.ParseJson(any.ToJson(options), read));
        Check.True(any.TryUnpack(out Duration? duration) && duration.Seconds == 1);
        Check.True(!any.TryUnpack(out Timestamp? _));
        Check.Throws<EncodeException>(() => any.ToJson());
        Check.True(any.ToString().Contains("google.protobuf.Duration", StringComparison.Ordinal));
        Check.Equal("{}", new Any().ToJson());
        Check.Equal(new Any(), Any.ParseJson("{}"));

        // The type may stand anywhere.
        const string Late = "{\"pseudonym\":\"p\",\"@type\":\"x/radiology.study.v1.Patient\"}";
        Check.Equal("p", ((Radiology.Study.V1.Patient)Any.ParseJson(Late, read).Unpack(Samples.Types)!).Pseudonym);
        foreach (string text in new[]
        {
            "{\"value\":1}", "{\"@type\":\"radiology.study.v1.Patient\"}", "{\"@type\":\"x/\"}", "{\"@type\":\"x/no.Such\"}",
            "{\"@type\":\"x/google.protobuf.Duration\"}", "{\"@type\":\"x/google.protobuf.Duration\",\"value\":\"1s\",\"more\":1}",
            "{\"@type\":\"x/radiology.study.v1.Patient\",\"@type\":\"x/radiology.study.v1.Patient\"}",
        })
        {
            Check.Throws<JsonFormatException>(() => Any.ParseJson(text, read));
        }
    }
}

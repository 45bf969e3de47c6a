// ProtoJSON: what is written, and how strictly it is read.

#nullable enable

using System;
using Kitchen.Three;
using Xlc;

internal static class JsonTests
{
    internal static void Run()
    {
        RoundTrips();
        Numbers();
        Strictness();
        Names();
        Options();
        DebugText();
    }

    private static void RoundTrips()
    {
        var write = new JsonWriteOptions { Types = Samples.Types };
        var read = new JsonReadOptions { Types = Samples.Types };
        foreach (Message message in Samples.All())
        {
            foreach (bool indented in new[] { false, true })
            {
                write.Indented = indented;
                string json = message.ToJson(write);
                Message copy = Samples.Types.Create(message.ContractName())!;
                copy.ReadFrom(json, read);
                Check.Equal(message, copy);
                Message same = Samples.Types.Create(message.ContractName())!;
                same.ReadFrom(Check.Utf8(" " + json + "\n"), read);
                Check.Equal(json, same.ToJson(write));
            }
        }
    }

    private static void Numbers()
    {
        foreach ((string text, float value) in new[] { ("0.1", 0.1f), ("1e-45", 1e-45f), ("3.4028235e+38", float.MaxValue), ("-0.0", -0f), ("268435500", 268435488f) })
        {
            Check.Equal("{\"aFloat\":" + text + "}", new Scalars { AFloat = value }.ToJson());
            Check.Equal(BitConverter.SingleToInt32Bits(value), BitConverter.SingleToInt32Bits(Scalars.ParseJson("{\"aFloat\":" + text + "}").AFloat));
        }

        foreach (string text in new[] { "5", "5.0", "50e-1", "0.5E1", "\"5\"", "\"5.00\"" })
        {
            Check.Equal(5, Scalars.ParseJson("{\"anInt32\":" + text + "}").AnInt32);
            Check.Equal(5UL, Scalars.ParseJson("{\"aUint64\":" + text + "}").AUint64);
        }

        Check.Equal(long.MinValue, Scalars.ParseJson("{\"anInt64\":-9.223372036854775808e18}").AnInt64);
        Check.Equal(ulong.MaxValue, Scalars.ParseJson("{\"aUint64\":1844674407370955161500e-2}").AUint64);
        Check.Equal(0, Scalars.ParseJson("{\"anInt32\":0e999999999999}").AnInt32);
        foreach (string text in new[]
        {
            "01", "1.", ".1", "+1", "1e", "--1", "0x1", "1 2", "NaN", "Infinity", "\"1 \"", "\" 1\"", "\"\"", "\"x\"", "true", "[]", "{}",
            "2147483648", "-2147483649", "1.5", "1e10", "1e-1", "5e-324", "1e999999999999", "99999999999999999999999999",
        })
        {
            Check.Throws<JsonFormatException>(() => Scalars.ParseJson("{\"anInt32\":" + text + "}"));
        }

        foreach (string text in new[] { "18446744073709551616", "-1", "0.5" })
        {
            Check.Throws<JsonFormatException>(() => Scalars.ParseJson("{\"aUint64\":" + text + "}"));
        }

        foreach (string text in new[] { "3.5e38", "-3.5e38", "true", "\"inf\"", "NaN", "\"1.\"", "[1]" })
        {
            Check.Throws<JsonFormatException>(() => Scalars.ParseJson("{\"aFloat\":" + text + "}"));
        }

        Check.Throws<JsonFormatException>(() => Scalars.ParseJson("{\"aDouble\":1e309}"));
        Check.True(double.IsNaN(Scalars.ParseJson("{\"aDouble\":\"NaN\"}").ADouble));
    }

    private static void Strictness()
    {
        foreach (string text in new[]
        {
            "", "{", "}", "{}}", "{} {}", "[]", "null", "{\"aString\"}", "{\"aString\":}", "{\"aString\":\"a\",}", "{,}", "{aString:\"a\"}",
            "{'aString':'a'}", "{\"aString\":\"a\" \"aBool\":true}", "{\"aString\":\"a\",\"aString\":\"b\"}",
            "{\"aString\":\"a\",\"a_string\":\"b\"}", "{\"aString\":\"\\uD800\"}", "{\"aString\":\"\\uDC00\\uD800\"}", "{\"aString\":\"\\x\"}",
            "{\"aString\":\"\\u00\"}", "{\"aString\":\"\n\"}", "{\"aString\":1}", "{\"aBool\":\"true\"}", "{\"aBool\":1}", "{\"aBool\":tru}",
            "{\"aBytes\":\"A\"}", "{\"aBytes\":\"A*==\"}", "{\"aBytes\":\"AA=\"}", "{\"aMood\":\"HAPPY\"}", "{\"aMood\":true}", "{\"aMood\":[1]}",
            "{\"aMessage\":1}", "{\"aMessage\":[]}", "{\"unknown\":1}", "{\"aString\":\"a\"}x", "// c\n{}", "{\"aString\":\"a", "\uFEFF{}",
        })
        {
            Check.Throws<JsonFormatException>(() => Scalars.ParseJson(text));
        }

        Check.Throws<JsonFormatException>(() => Scalars.ParseJson(Check.Bytes("7B 22 61 53 74 72 69 6E 67 22 3A 22 C3 28 22 7D")));
        Check.Throws<JsonFormatException>(() => Scalars.ParseJson("{\"aString\":\"\uD800\"}"));
        Check.Throws<JsonFormatException>(() => Lists.ParseJson("{\"int32s\":[1,null]}"));
        Check.Throws<JsonFormatException>(() => Lists.ParseJson("{\"int32s\":[1,]}"));
        Check.Throws<JsonFormatException>(() => Maps.ParseJson("{\"int32Int32\":{\"1\":1,\"1\":2}}"));
        Check.Throws<JsonFormatException>(() => Maps.ParseJson("{\"int32Int32\":{\"x\":1}}"));
        Check.Throws<JsonFormatException>(() => Maps.ParseJson("{\"boolBool\":{\"True\":true}}"));
        Check.Throws<JsonFormatException>(() => Maps.ParseJson("{\"stringScalars\":{\"a\":null}}"));
        Check.Throws<JsonFormatException>(() => Oneofs.ParseJson("{\"aDouble\":1,\"aFloat\":2}"));
        Check.True(Oneofs.ParseJson("{\"aDouble\":null,\"aFloat\":2}").Value is Oneofs.ValueOneof.AFloat);
        Check.Throws<JsonFormatException>(() => Kitchen.Two.Lists.ParseJson("{\"colors\":[99]}"));
    }

    private static void Names()
    {
        Check.Equal("a\"\\/\b\f\n\r\t\u00E4\U0001F600", Scalars.ParseJson("{\"\\u0061String\":\"a\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e4\\uD83D\\uDE00\"}").AString);
        Check.Equal("{\"aString\":\"\\u0001\\\"\\\\\\n\u007f\"}", new Scalars { AString = "\u0001\"\\\n\u007f" }.ToJson());
        Check.Equal("x", Mixed.ParseJson("{\"called_otherwise\":\"x\"}").Renamed);
        Check.Equal("x", Mixed.ParseJson("{\"renamed\":\"x\"}").Renamed);
        Check.Equal("[251,255]", "[" + string.Join(",", Scalars.ParseJson("{\"aBytes\":\"-_8\"}").ABytes) + "]");
    }

    private static void Options()
    {
        var ignore = new JsonReadOptions { IgnoreUnknown = true };
        Scalars scalars = Scalars.ParseJson("{\"x\":{\"y\":[1,\"\",{},null,true]},\"aMood\":\"NEW\",\"aBool\":true}", ignore);
        Check.True(scalars.ABool && scalars.AMood == Mood.Unspecified);
        Check.Equal(1, Lists.ParseJson("{\"moods\":[\"NEW\",\"MOOD_HAPPY\"]}", ignore).Moods.Count);
        Check.Throws<JsonFormatException>(() => Scalars.ParseJson("{\"x\":[1,]}", ignore));
        Check.Throws<JsonFormatException>(() => Scalars.ParseJson("{\"x\":" + new string('[', 100000), ignore));
        Check.Equal("{\"a_mood\":1}", new Scalars { AMood = Mood.Happy }.ToJson(new JsonWriteOptions { ContractNames = true, EnumNumbers = true }));
        Check.Equal("{\n  \"aMessage\": {}\n}", new Scalars { AMessage = new Kitchen.Three.Empty() }.ToJson(new JsonWriteOptions { Indented = true }));
        string defaults = new Lists().ToJson(new JsonWriteOptions { WriteDefaults = true });
        Check.True(defaults.StartsWith("{\"doubles\":[],", StringComparison.Ordinal));
        Check.Equal("{}", new Optionals().ToJson(new JsonWriteOptions { WriteDefaults = true }));
    }

    private static void DebugText()
    {
        Check.Equal("{\"aString\": \"a\", \"aBool\": true}".Length, new Scalars { AString = "a", ABool = true }.ToString().Length);
        Check.Equal("{\"aString\": \"\uFFFD\"}", new Scalars { AString = "\uD800" }.ToString());
#pragma warning disable CS0612 // The message is deprecated.
        var holder = new Kitchen.Custom.Holder { Retained = "secret", Scoped = "open" };
#pragma warning restore CS0612
        Check.Equal("{\"scoped\": \"open\", \"retained\": \"[REDACTED]\"}", holder.ToString());
        Check.True(holder.ToJson().Contains("secret", StringComparison.Ordinal));
        Check.Equal("\"<the timestamp is out of range>\"", new Xlc.WellKnownTypes.Timestamp { Nanos = -1 }.ToString());
    }
}

// The parts of the runtime that stand alone: text, numbers, times, names, enums, unknown fields, registries.

#nullable enable

using System;
using System.Collections.Generic;
using System.Text;
using Xlc;

internal static class PartTests
{
    internal static void Run()
    {
        Text();
        RawText();
        Varints();
        Numbers();
        Base64Text();
        Fractions();
        Names();
        Enums();
        Unknown();
        Order();
        Registries();
        Places();
    }

    private static void Text()
    {
        foreach (string hex in new[] { "80", "C0 80", "C2", "E0 80 80", "ED A0 80", "F0 80 80 80", "F4 90 80 80", "F5 80 80 80", "FF", "41 E2 82" })
        {
            Check.True(!Utf8.TryDecode(Check.Bytes(hex), out _));
        }

        foreach (string text in new[] { "", "a", "\u0000", "\u007F\u0080\u07FF\u0800\uFFFF", "\U00010000\U0010FFFF" })
        {
            Check.True(Utf8.TryDecode(Encoding.UTF8.GetBytes(text), out string? read) && read == text);
            Check.Equal(Encoding.UTF8.GetByteCount(text), Utf8.Count(text));
        }

        foreach (string text in new[] { "\uD800", "\uDC00", "a\uDC00\uD800", "\uD800\uD800\uDC00" })
        {
            Check.Equal(-1, Utf8.Count(text));
        }
    }

    /// <summary>Every string of bytes survives: all of one and two bytes, and random ones.</summary>
    private static void RawText()
    {
        for (int first = 0; first < 256; first++)
        {
            for (int second = -1; second < 256; second++)
            {
                Survives(second < 0 ? new[] { (byte)first } : new[] { (byte)first, (byte)second });
            }
        }

        var random = new Random(7);
        for (int round = 0; round < 2000; round++)
        {
            byte[] bytes = new byte[random.Next(12)];
            random.NextBytes(bytes);
            Survives(bytes);
        }

        Check.True(Utf8.EncodeRaw("\uD800") == null);
        Check.True(Utf8.EncodeRaw("\uDC7F") == null);
        Check.True(Utf8.EncodeRaw("\uDD00") == null);
    }

    private static void Survives(byte[] bytes) =>
        Check.Equal(Check.Hex(bytes), Check.Hex(Utf8.EncodeRaw(Utf8.DecodeRaw(bytes))!));

    private static void Varints()
    {
        Span<byte> buffer = stackalloc byte[10];
        foreach ((ulong value, int length) in new[] { (0UL, 1), (127UL, 1), (128UL, 2), (16383UL, 2), (16384UL, 3), (1UL << 63, 10), (ulong.MaxValue, 10) })
        {
            Check.Equal(length, WireWriter.Put(buffer, value));
            var reader = new WireReader(buffer.Slice(0, length), 1);
            Check.Equal(value, reader.Uint64());
            Check.True(reader.AtEnd);
        }

        // What grows keeps what was written, whatever the size of the first buffer.
        var writer = new WireWriter(1);
        var expected = new StringBuilder();
        for (int index = 0; index < 3000; index++)
        {
            writer.Uint32((uint)index);
            writer.String("\u00E4" + index);
        }

        var all = new WireReader(writer.Data, 1);
        for (int index = 2999; index >= 0; index--)
        {
            Check.Equal("\u00E4" + index, all.String());
            Check.Equal((uint)index, all.Uint32());
        }

        Check.True(all.AtEnd);
        writer.Dispose();
    }

    private static void Numbers()
    {
        foreach ((string text, long value) in new[] { ("0", 0L), ("-0", 0L), ("1e2", 100L), ("120e-1", 12L), ("-9223372036854775808", long.MinValue), ("9.0", 9L) })
        {
            Check.True(JsonNumber.TrySigned(Check.Utf8(text), out long read) && read == value);
        }

        foreach (string text in new[] { "9223372036854775808", "-9223372036854775809", "1.5", "1e19", "1e-1" })
        {
            Check.True(!JsonNumber.TrySigned(Check.Utf8(text), out _));
        }

        Check.True(JsonNumber.TryUnsigned(Check.Utf8("18446744073709551615"), out ulong largest) && largest == ulong.MaxValue);
        Check.True(!JsonNumber.TryUnsigned(Check.Utf8("18446744073709551616"), out _));
        foreach (string text in new[] { "0", "-1", "1.5", "1e5", "1E+5", "0.0e-0" })
        {
            Check.True(JsonNumber.IsValid(Check.Utf8(text)));
        }

        foreach (string text in new[] { "", "-", "01", "1.", ".5", "1e", "1e+", "+1", "1x", "NaN" })
        {
            Check.True(!JsonNumber.IsValid(Check.Utf8(text)));
        }
    }

    private static void Base64Text()
    {
        foreach ((string text, string hex) in new[] { ("", ""), ("AA==", "00"), ("AA", "00"), ("AAE=", "00 01"), ("_-8=", "FF EF"), ("/+8", "FF EF"), ("AAEC", "00 01 02") })
        {
            Check.True(Base64.TryDecode(text, out byte[] bytes) && Check.Hex(bytes) == hex);
        }

        foreach (string text in new[] { "A", "A===", "AA=A", "=", "A A=", "AAAAA", "\u00E4A==" })
        {
            Check.True(!Base64.TryDecode(text, out _));
        }
    }

    private static void Fractions()
    {
        foreach ((int nanos, string text) in new[] { (0, ""), (1, ".000000001"), (10_000, ".000010"), (120_000_000, ".120"), (999_999_999, ".999999999") })
        {
            Check.Equal(text, JsonTime.Fraction(nanos));
            int at = 0;
            Check.True(JsonTime.TryFraction(text + "s", ref at, out int read) && read == nanos && at == text.Length);
        }

        foreach (string text in new[] { ".", ".s", ".0000000000" })
        {
            int at = 0;
            Check.True(!JsonTime.TryFraction(text, ref at, out _));
        }
    }

    private static void Names()
    {
        var names = new JsonNames();
        for (int number = 1; number <= 200; number++)
        {
            names.Add(number, "field" + number, "field_" + number, number == 7);
        }

        Check.Equal(200, names.Count);
        for (int number = 1; number <= 200; number++)
        {
            foreach (string name in new[] { "field" + number, "field_" + number })
            {
                Check.True(names.Find(Check.Utf8(name), out int field, out int found, out bool takesNull));
                Check.Equal((number - 1, number, number == 7), (field, found, takesNull));
            }
        }

        Check.True(!names.Find(Check.Utf8("field"), out _, out _, out _));
        Check.True(!names.Find(default, out _, out _, out _));
        var fields = new JsonFields(names, new Kitchen.Three.Empty());
        Check.True(fields.Mark(0) && fields.Mark(64) && fields.Mark(199));
        Check.True(!fields.Mark(0) && !fields.Mark(64) && !fields.Mark(199) && fields.Mark(63));
    }

    private static void Enums()
    {
        EnumTable open = new EnumTable(false).Add(0, "ZERO").Alias(0, "NOUGHT").Add(-1, "LESS");
        Check.Equal("ZERO", open.Name(0));
        Check.Equal<int?>(0, open.Number("NOUGHT"));
        Check.Equal<int?>(null, open.Number("zero"));
        Check.Equal(null, open.Name(9));
        Check.True(open.Allows(9) && !open.Has(9));
        Check.True(!new EnumTable(true).Add(1, "ONE").Allows(9));
    }

    private static void Unknown()
    {
        UnknownFields? fields = null;
        UnknownFields.Append(ref fields, default);
        Check.True(fields == null && UnknownFields.Of(fields).Length == 0);
        for (int index = 0; index < 1000; index++)
        {
            UnknownFields.Append(ref fields, new[] { (byte)(index & 0xFF), (byte)(index >> 8) });
        }

        ReadOnlySpan<byte> all = UnknownFields.Of(fields);
        Check.Equal(2000, all.Length);
        Check.Equal(999, all[1998] + (all[1999] << 8));
    }

    private static void Order()
    {
        string[] sorted = { "", "a", "aa", "b", "\u00E4", "\uFFFD", "\U00010000", "\U0010FFFF" };
        for (int left = 0; left < sorted.Length; left++)
        {
            for (int right = 0; right < sorted.Length; right++)
            {
                Check.Equal(left.CompareTo(right), Math.Sign(MessageValues.CompareUtf8(sorted[left], sorted[right])));
            }
        }

        Check.Equal(MessageValues.Hash(new Dictionary<int, int> { [1] = 2, [3] = 4 }), MessageValues.Hash(new Dictionary<int, int> { [3] = 4, [1] = 2 }));
        Check.True(MessageValues.Same((List<int>?)null, new List<int>()));
        Check.True(!MessageValues.Same(new byte[] { 1 }, null));
        Check.True(MessageValues.IsZero(0.0) && !MessageValues.IsZero(-0.0) && !MessageValues.IsZero(-0f));
    }

    private static void Registries()
    {
        Check.True(Samples.Types.Create("radiology.study.v1.Study") is Radiology.Study.V1.Study);
        Check.True(Samples.Types.Create("radiology.study.v1.Nobody") == null);
        Check.Equal(102, Samples.Types.Extension("kitchen.ext.x_int32")!.Number);
        Check.True(Samples.Types.Extension("kitchen.ext.Base") == null);

        // What a file imports is in its registry too.
        Check.True(Radiology.Study.V1.StudyContract.Types.Create("google.protobuf.Timestamp") != null);
        Check.True(TypeRegistry.Of().Create("google.protobuf.Timestamp") == null);
    }

    private static void Places()
    {
        var writer = new JsonWriter(JsonWriteOptions.Default, JsonUse.Data);
        Check.Equal("", writer.Path());
        writer.BeginObject();
        writer.Name("a");
        writer.BeginArray();
        writer.Next();
        writer.BeginObject();
        writer.EndObject();
        writer.Next();
        writer.BeginObject();
        writer.Name("bC", "b_c");
        writer.BeginMap();
        writer.Key("k");
        Check.Equal("a[1].b_c[k]", writer.Path());
        writer.Int32(1);
        writer.EndMap();
        writer.Name("[x.y]");
        Check.Equal("a[1][x.y]", writer.Path());
        writer.Null();
        writer.EndObject();
        writer.EndArray();
        Check.Equal("a", writer.Path());
        writer.EndObject();
        Check.Equal("{\"a\":[{},{\"bC\":{\"k\":1},\"[x.y]\":null}]}", writer.ToString());
        writer.Dispose();
    }
}

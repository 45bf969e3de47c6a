// The binary format: what is written, what is read, and what is kept.

#nullable enable

using System;
using System.Buffers;
using Kitchen.Three;
using Xlc;

internal static class WireTests
{
    internal static void Run()
    {
        RoundTrips();
        Scalars();
        Presence();
        PackedAndExpanded();
        UnknownFieldsStay();
        ClosedEnums();
        OrderIsFixed();
        Strings();
        RecursionHasALimit();
        RequiredFields();
    }

    private static void RoundTrips()
    {
        foreach (Message message in Samples.All())
        {
            byte[] bytes = message.ToByteArray();
            Message copy = Samples.Types.Create(message.ContractName())!;
            copy.MergeFrom(bytes);
            Check.Equal(message, copy);
            Check.Equal(Check.Hex(bytes), Check.Hex(copy.ToByteArray()));
            var output = new ArrayBufferWriter<byte>();
            message.WriteTo(output);
            Check.True(output.WrittenSpan.SequenceEqual(bytes));
        }
    }

    private static void Scalars()
    {
        var scalars = new Scalars { AnInt32 = -1, ASint32 = -1, AFixed32 = 1, ABool = true, ADouble = -0.0, AString = "ä" };
        Check.Equal(
            "09 00 00 00 00 00 00 00 80 18 FF FF FF FF FF FF FF FF FF 01 38 01 4D 01 00 00 00 68 01 72 02 C3 A4",
            Check.Hex(scalars.ToByteArray()));

        // Ten bytes of a varint are cut to the width of the field.
        Check.Equal(1, Kitchen.Three.Scalars.Parse(Check.Bytes("18 81 80 80 80 F0 FF FF FF FF 01")).AnInt32);
        Check.True(Kitchen.Three.Scalars.Parse(Check.Bytes("68 80 80 80 80 80 80 80 80 80 01")).ABool);
    }

    private static void Presence()
    {
        Check.Equal(0, new Scalars().ToByteArray().Length);
        Check.Equal("18 00 72 00", Check.Hex(new Optionals { AnInt32 = 0, AString = "" }.ToByteArray()));
        Optionals read = Optionals.Parse(Check.Bytes("18 00"));
        Check.Equal<int?>(0, read.AnInt32);
        Check.Equal<long?>(null, read.AnInt64);
        Check.Equal("72 00", Check.Hex(new Oneofs { Value = new Oneofs.ValueOneof.AString("") }.ToByteArray()));
        Check.Equal(-7, Kitchen.Two.Defaults.Parse(default).EFirst == null ? -7 : 0);
        Check.Equal(int.MinValue, Kitchen.Two.Defaults.IInt32Default);
        Check.True(double.IsNegative(Kitchen.Two.Defaults.DNegZeroDefault));
    }

    private static void PackedAndExpanded()
    {
        Check.Equal("1A 03 01 AC 02", Check.Hex(new Lists { Int32s = { 1, 300 } }.ToByteArray()));
        Check.Equal("18 01 18 AC 02", Check.Hex(new ExpandedLists { Int32s = { 1, 300 } }.ToByteArray()));
        Lists mixed = Lists.Parse(Check.Bytes("18 01 1A 02 02 03 18 04"));
        Check.Equal("1,2,3,4", string.Join(",", mixed.Int32s));
        Check.Throws<DecodeException>(() => Lists.Parse(Check.Bytes("0A 07 00 00 00 00 00 00 00")));
    }

    private static void UnknownFieldsStay()
    {
        const string Unknown = "98 06 01 A3 06 08 01 A4 06 92 06 01 41 AD 06 00 00 00 00";
        Kitchen.Three.Empty empty = Kitchen.Three.Empty.Parse(Check.Bytes(Unknown));
        Check.Equal(Unknown, Check.Hex(empty.ToByteArray()));
        Check.Equal(Unknown, Check.Hex(empty.Clone().ToByteArray()));
        Check.Equal(Unknown, Check.Hex(empty.GetUnknownFields()));
        Check.True(!empty.Equals(new Kitchen.Three.Empty()));
        empty.ClearUnknownFields();
        Check.Equal(new Kitchen.Three.Empty(), empty);
    }

    private static void ClosedEnums()
    {
        Kitchen.Two.Lists lists = Kitchen.Two.Lists.Parse(Check.Bytes("80 01 01 80 01 09 82 01 02 02 63"));
        Check.Equal(2, lists.Colors.Count);
        Check.Equal("80 01 01 80 01 02 80 01 09 80 01 63", Check.Hex(lists.ToByteArray()));
        Kitchen.Two.ClosedMaps maps = Kitchen.Two.ClosedMaps.Parse(Check.Bytes("0A 04 08 01 10 05 0A 04 08 02 10 01"));
        Check.Equal(1, maps.ById.Count);
        Check.Equal("0A 04 08 02 10 01 0A 04 08 01 10 05", Check.Hex(maps.ToByteArray()));
        Scalars open = Kitchen.Three.Scalars.Parse(Check.Bytes("80 01 63"));
        Check.Equal(99, (int)open.AMood);
    }

    private static void OrderIsFixed()
    {
        var maps = new Maps();
        foreach (string key in new[] { "\U00010000", "\uFFFD", "b", "a", "" })
        {
            maps.StringString[key] = "";
        }

        foreach (int key in new[] { 1, -1, 0 })
        {
            maps.Int32Int32[key] = 0;
        }

        Check.Equal(
            "0A 0D 08 FF FF FF FF FF FF FF FF FF 01 10 00 0A 04 08 00 10 00 0A 04 08 01 10 00 "
            + "62 04 0A 00 12 00 62 05 0A 01 61 12 00 62 05 0A 01 62 12 00 62 07 0A 03 EF BF BD 12 00 62 08 0A 04 F0 90 80 80 12 00",
            Check.Hex(maps.ToByteArray()));
    }

    private static void Strings()
    {
        Check.Throws<DecodeException>(() => Kitchen.Three.Scalars.Parse(Check.Bytes("72 02 C3 28")));
        Check.Throws<EncodeException>(() => new Scalars { AString = "\uD800" }.ToByteArray());

        // proto2 does not verify: the bytes survive.
        const string Raw = "0A 08 C3 28 41 F0 9F 98 80 FF";
        Check.Equal(Raw, Check.Hex(Kitchen.Ext.Base.Parse(Check.Bytes(Raw)).ToByteArray()));
        foreach (string text in new[] { "", "a", "ä", "\u5FC3", "\U0001FA7B", new string('x', 300), new string('\u5FC3', 200) })
        {
            Check.Equal(text, Kitchen.Three.Scalars.Parse(new Scalars { AString = text }.ToByteArray()).AString);
        }
    }

    private static void RecursionHasALimit()
    {
        Oneofs deep = new Oneofs();
        for (int depth = 0; depth < 100; depth++)
        {
            deep = new Oneofs { Value = new Oneofs.ValueOneof.Itself(deep) };
        }

        Check.Equal(deep, Oneofs.Parse(deep.ToByteArray()));
        byte[] deeper = new Oneofs { Value = new Oneofs.ValueOneof.Itself(deep) }.ToByteArray();
        Check.Throws<DecodeException>(() => Oneofs.Parse(deeper));
        Check.Equal(deeper.Length, Oneofs.Parse(deeper, new DecodeOptions { RecursionLimit = 101 }).ToByteArray().Length);
        var loop = new Kitchen.Two.Tree();
        loop.Left = loop;
        Check.Throws<EncodeException>(() => loop.ToByteArray());
        Check.Throws<EncodeException>(() => loop.ToJson());
        Check.Equal("<the message is too deep, or contains itself>", loop.ToString());
        var needy = new Kitchen.Two.Groups { Must = new Kitchen.Two.Groups.Types.Must { A = 1 }, May = new Kitchen.Two.Groups.Types.May() };
        needy.May.Inner.Add(new Kitchen.Two.Groups.Types.May.Types.Inner { Back = needy });
        Check.Throws<EncodeException>(() => needy.ToByteArray());
    }

    private static void RequiredFields()
    {
        Check.Throws<EncodeException>(() => new Kitchen.Two.Scalars().ToByteArray());
        Check.Equal(0, new Kitchen.Two.Scalars().ToByteArray(allowPartial: true).Length);
        Check.Throws<DecodeException>(() => Kitchen.Two.Scalars.Parse(default));
        Kitchen.Two.Scalars.Parse(default, new DecodeOptions { AllowPartial = true });
    }
}

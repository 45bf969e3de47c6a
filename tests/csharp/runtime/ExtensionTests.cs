// Extensions: on the wire, in ProtoJSON, and in message sets.

#nullable enable

using System;
using System.Collections.Generic;
using Kitchen.Ext;
using Xlc;

internal static class ExtensionTests
{
    internal static void Run()
    {
        var message = new Base();
        Check.Equal(-7, message.GetExtension(ExtensionsContract.XInt32));
        Check.Equal("ext", message.GetExtension(ExtensionsContract.XString));
        Check.True(message.GetExtension(ExtensionsContract.XMessage) == null);
        Check.True(!message.HasExtension(ExtensionsContract.XInt32));
        message.SetExtension(ExtensionsContract.XInt32, -7);
        Check.True(message.HasExtension(ExtensionsContract.XInt32));
        message.GetExtension(ExtensionsContract.XsString)!.Add("a");
        message.SetExtension(ExtensionsContract.Xgroup, new XGroup { B = 2 });
        Check.Equal(
            "B0 06 F9 FF FF FF FF FF FF FF FF 01 A2 08 01 61 B3 09 10 02 B4 09",
            Check.Hex(message.ToByteArray()));

        Base read = Base.Parse(message.ToByteArray());
        Check.Equal(message, read);
        Check.Equal(message.GetHashCode(), read.GetHashCode());
        Check.Equal(-7, read.GetExtension(ExtensionsContract.XInt32));
        Check.Equal("a", read.GetExtension(ExtensionsContract.XsString)![0]);
        Check.Equal(message, read);
        read.ClearExtension(ExtensionsContract.XInt32);
        Check.True(!message.Equals(read));

        // Repeated in both forms, and a singular message in two parts, which are merged.
        Base mixed = Base.Parse(Check.Bytes("98 08 01 9A 08 02 02 03 A2 07 02 12 00 A2 07 02 0A 00"));
        Check.Equal("1,2,3", string.Join(",", mixed.GetExtension(ExtensionsContract.XsPacked) ?? new List<int>()) + (mixed.HasExtension(ExtensionsContract.XsPacked) ? "" : "1,2,3"));
        Kitchen.Two.Tree tree = mixed.GetExtension(ExtensionsContract.XMessage)!;
        Check.True(tree.Left != null && tree.Children.Count == 1);

        Json();
        Sets();
        InvalidBytes();
        ReadAlong();
        NothingIsReadTwice();
        Redaction();
    }

    /// <summary>
    /// What is not valid in an extension is found out when it is asked for, and only then: the rest of the message is
    /// not lost to it.
    /// </summary>
    private static void InvalidBytes()
    {
        // Field 116 is a tree, whose second child ends in the middle of a tag; field 102 is an int32.
        byte[] bytes = Check.Bytes("0A 01 41 B0 06 05 A2 07 05 12 00 12 01 80");
        Base message = Base.Parse(bytes);
        Check.Equal("A", message.Id);
        Check.Equal(5, message.GetExtension(ExtensionsContract.XInt32));
        DecodeException error = Check.Throws<DecodeException>(() => message.GetExtension(ExtensionsContract.XMessage));
        Check.Equal("kitchen.ext.Base[kitchen.ext.x_message].children[1]", error.Path);
        Check.Equal("A2 07 05 12 00 12 01 80", Check.Hex(message.GetUnknownFields()));
        Check.Equal(7, error.Offset);
        error = Check.Throws<DecodeException>(() => message.HasExtension(ExtensionsContract.XMessage));
        Check.Equal("kitchen.ext.Base[kitchen.ext.x_message].children[1]: the input ends too early (at byte 7)", error.Message);
        Check.Equal("B0 06 05 A2 07 05 12 00 12 01 80".Length, Check.Hex(message.ToByteArray()).Length - "0A 01 41 ".Length);
        EncodeException refused = Check.Throws<EncodeException>(() => message.ToJson(new JsonWriteOptions { Types = Samples.Types }));
        Check.Equal("kitchen.ext.Base[kitchen.ext.x_message]", refused.Path);
        Check.Equal("{\"id\": \"A\", \"[kitchen.ext.x_int32]\": 5}", message.ToString());

        // What replaces it, or clears it, does not ask what it was.
        message.SetExtension(ExtensionsContract.XMessage, new Kitchen.Two.Tree());
        Check.Equal("0A 01 41 B0 06 05 A2 07 00", Check.Hex(message.ToByteArray()));
        message = Base.Parse(bytes);
        message.ClearExtension(ExtensionsContract.XMessage);
        Check.Equal(0, message.GetUnknownFields().Length - 3);

        // A field of another wire type is no value of the extension.
        Check.Equal(-7, Base.Parse(Check.Bytes("B2 06 01 05")).GetExtension(ExtensionsContract.XInt32));
        error = Check.Throws<DecodeException>(() => Base.Parse(Check.Bytes("B2 06 05 05")));
        Check.Equal("kitchen.ext.Base.102", error.Path);
    }

    /// <summary>With a registry extensions are read along with the message, and what is not valid is found at once.</summary>
    private static void ReadAlong()
    {
        var options = new DecodeOptions { Types = Samples.Types };
        DecodeException error = Check.Throws<DecodeException>(
            () => Container.Parse(Check.Bytes("12 00 12 0E 0A 01 41 B0 06 05 A2 07 05 12 00 12 01 80"), options));
        Check.Equal("kitchen.ext.Container.bases[1][kitchen.ext.x_message].children[1]: the input ends too early (at byte 17)", error.Message);
        error = Check.Throws<DecodeException>(() => Base.Parse(Check.Bytes("B3 09 08 01 B4 09"), options));
        Check.Equal("kitchen.ext.Base[kitchen.ext.xgroup].b: the required field is not set (at byte 6)", error.Message);

        // The same as what is read when it is asked for, in pieces and in two messages too.
        const string Bytes = "98 08 01 9A 08 02 02 03 B0 06 05 A2 07 02 12 00 A2 07 02 0A 00 B2 06 01 05 98 07 4D";
        Base lazy = Base.Parse(Check.Bytes(Bytes));
        Base read = Base.Parse(Check.Bytes(Bytes), options);
        Check.Equal("B2 06 01 05 98 07 4D", Check.Hex(read.GetUnknownFields()));
        lazy.GetExtension(ExtensionsContract.XsPacked);
        lazy.GetExtension(ExtensionsContract.XMessage);
        Check.True(lazy.HasExtension(ExtensionsContract.XInt32) && !lazy.HasExtension(ExtensionsContract.XColor));
        Check.Equal(lazy, read);
        lazy = Base.Parse(Check.Bytes(Bytes));
        Check.Equal(3, read.GetExtension(ExtensionsContract.XsPacked)!.Count);
        lazy.MergeFrom(Check.Bytes("98 08 04 B0 06 06 A2 07 02 12 00"), options);
        Check.Equal(2, lazy.GetExtension(ExtensionsContract.XMessage)!.Children.Count);
        Check.Equal("1,2,3,4", string.Join(",", lazy.GetExtension(ExtensionsContract.XsPacked)!));
        Check.Equal(6, lazy.GetExtension(ExtensionsContract.XInt32));

        // What is none of its values does not make each of the next ones look at all of the former.
        var many = new byte[600_000];
        for (int index = 0; index < many.Length; index++)
        {
            many[index] = index % 3 == 0 ? (byte)0x98 : index % 3 == 1 ? (byte)0x07 : (byte)0x4D;
        }

        Check.Equal(many.Length, Base.Parse(many, options).GetUnknownFields().Length);
        Container set = Container.Parse(Check.Bytes("0A 0A 0B 10 B9 60 1A 03 0A 01 74 0C"), options);
        Check.Equal(0, set.Set!.GetUnknownFields().Length);
        Check.Equal("t", set.Set.GetExtension(SetItem.Extensions.Item)!.Text);
        error = Check.Throws<DecodeException>(() => Container.Parse(Check.Bytes("0A 09 0B 10 B9 60 1A 02 0A 01 0C"), options));
        Check.Equal("kitchen.ext.Container.set[kitchen.ext.SetItem.item].text: the input ends too early (at byte 10)", error.Message);
    }

    /// <summary>What comes in pieces is added whole or not at all.</summary>
    private static void NothingIsReadTwice()
    {
        Base message = Base.Parse(Check.Bytes("9A 08 02 01 02"));
        List<int> list = message.GetExtension(ExtensionsContract.XsPacked)!;
        message.MergeFrom(Check.Bytes("98 08 03 9A 08 02 04 80"));
        for (int round = 0; round < 2; round++)
        {
            Check.Throws<DecodeException>(() => message.GetExtension(ExtensionsContract.XsPacked));
            Check.Equal("1,2", string.Join(",", list));
        }

        message.ClearUnknownFields();
        message.MergeFrom(Check.Bytes("98 08 03 9A 08 01 04"));
        Check.Equal("1,2,3,4", string.Join(",", message.GetExtension(ExtensionsContract.XsPacked)!));
        Check.True(ReferenceEquals(list, message.GetExtension(ExtensionsContract.XsPacked)));
    }

    /// <summary>Fields of a message in an extension, and an extension itself, show that they are set and no more.</summary>
    private static void Redaction()
    {
#pragma warning disable CS0612 // The message is deprecated.
        var codec = new MessageCodec<Kitchen.Custom.Holder>(() => new Kitchen.Custom.Holder(), message => message.Clone());
        var holder = new Kitchen.Custom.Holder { Retained = "secret", Scoped = "open" };
        var open = new SingularExtension<Base, Kitchen.Custom.Holder>("kitchen.ext.Base", 198, "test.open", codec);
#pragma warning restore CS0612
        var list = new RepeatedExtension<Base, string>("kitchen.ext.Base", 199, "test.list", Codecs.String, false).Redacted();
        var message = new Base();
        message.SetExtension(open, holder);
        message.GetExtension(list)!.Add("secret");
        Check.Equal(
            "{\"[test.open]\": {\"scoped\": \"open\", \"retained\": \"[REDACTED]\"}, \"[test.list]\": \"[REDACTED]\"}",
            message.ToString());
        Check.Equal(2, message.ToJson().Split("secret").Length - 1);

        // Neither is shown where it was not asked for.
        Check.Equal("{}", Base.Parse(message.ToByteArray()).ToString());
    }

    private static void Json()
    {
        var write = new JsonWriteOptions { Types = Samples.Types };
        var read = new JsonReadOptions { Types = Samples.Types };
        Container container = Samples.Extended();
        string json = container.ToJson(write);
        Check.True(json.Contains("\"[kitchen.ext.x_int32]\":5", System.StringComparison.Ordinal));
        Check.Equal(container, Container.ParseJson(json, read));

        // Not asked for yet, it is named all the same.
        Check.Equal(json, Container.Parse(container.ToByteArray()).ToJson(write));
        Check.Throws<JsonFormatException>(() => Container.ParseJson(json));
        Check.Throws<JsonFormatException>(() => Base.ParseJson("{\"[kitchen.ext.x_int32]\":1,\"[kitchen.ext.x_int32]\":2}", read));
        Check.Throws<JsonFormatException>(() => Base.ParseJson("{\"[kitchen.ext.twenty]\":1}", read));
    }

    private static void Sets()
    {
        var set = new Set();
        set.SetExtension(SetItem.Extensions.Item, new SetItem { Text = "t" });
        const string Bytes = "0B 10 B9 60 1A 03 0A 01 74 0C";
        Check.Equal(Bytes, Check.Hex(set.ToByteArray()));
        Set read = Set.Parse(Check.Bytes(Bytes));
        Check.Equal("t", read.GetExtension(SetItem.Extensions.Item)!.Text);
        Check.True(read.GetExtension(OtherItem.Extensions.Item) == null);
        Check.Equal(set, read);

        // The content may stand before the type.
        Set turned = Set.Parse(Check.Bytes("0B 1A 03 0A 01 74 10 B9 60 0C"));
        Check.Equal(Bytes, Check.Hex(turned.ToByteArray()));
        Check.Equal("t", turned.GetExtension(SetItem.Extensions.Item)!.Text);

        // A field with the number of an extension is an item, and both are written in the order in which they came.
        Set mixed = Set.Parse(Check.Bytes("CA 83 06 03 0A 01 73 " + Bytes));
        Check.Equal("0B 10 B9 60 1A 03 0A 01 73 0C " + Bytes, Check.Hex(mixed.ToByteArray()));
        Check.Equal("t", mixed.GetExtension(SetItem.Extensions.Item)!.Text);
        Check.Equal(Bytes, Check.Hex(mixed.ToByteArray()));

        // The first type and the first message of an item count; without either it says nothing.
        Set twice = Set.Parse(Check.Bytes("0B 10 B9 60 1A 03 0A 01 74 1A 03 0A 01 75 10 01 0C 0B 10 B9 60 0C 0B 1A 00 0C"));
        Check.Equal(Bytes, Check.Hex(twice.ToByteArray()));
        Check.Equal("t", twice.GetExtension(SetItem.Extensions.Item)!.Text);
    }
}

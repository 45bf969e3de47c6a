// Extensions: on the wire, in ProtoJSON, and in message sets.

#nullable enable

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
        Check.Equal("t", turned.GetExtension(SetItem.Extensions.Item)!.Text);
    }
}

// Equality, hashes, merging and copies.

#nullable enable

using System.Collections.Generic;
using Kitchen.Three;
using Xlc;

internal static class ValueTests
{
    internal static void Run()
    {
        foreach (Message message in Samples.All())
        {
            Message twin = Samples.Types.Create(message.ContractName())!;
            twin.MergeFrom(message.ToByteArray());
            Check.Equal(message, twin);
            Check.Equal(message.GetHashCode(), twin.GetHashCode());
            twin.MergeFrom(Check.Bytes("F8 FF FF FF 0F 01"));
            Check.True(!message.Equals(twin));
        }

        Check.Equal(new Scalars { ADouble = double.NaN }, new Scalars { ADouble = double.NaN });
        Check.True(!new Scalars { ADouble = 0.0 }.Equals(new Scalars { ADouble = -0.0 }));
        Check.True(!new Optionals { AnInt32 = 0 }.Equals(new Optionals()));
        Check.Equal(new Lists { Int32s = new List<int>() }, new Lists());
        Check.Equal(new Maps { StringBytes = { ["a"] = new byte[] { 1 } } }, new Maps { StringBytes = { ["a"] = new byte[] { 1 } } });
        Check.True(!new Oneofs { Value = new Oneofs.ValueOneof.AnInt32(1) }.Equals(new Oneofs { Value = new Oneofs.ValueOneof.ASint32(1) }));
        Check.True(!new Scalars().Equals((object?)null));

        MergingIsReadingInTurn();
        CopiesShareNothing();
        NullIsForgiven();
    }

    private static void MergingIsReadingInTurn()
    {
        foreach (Message message in Samples.All())
        {
            Message other = Samples.Types.Create(message.ContractName())!;
            byte[] bytes = message.ToByteArray();
            other.MergeFrom(bytes);
            other.MergeFrom(bytes);
            byte[] twice = new byte[bytes.Length * 2];
            bytes.CopyTo(twice, 0);
            bytes.CopyTo(twice, bytes.Length);
            Message read = Samples.Types.Create(message.ContractName())!;
            read.MergeFrom(twice);
            Check.Equal(read, other);
        }

        Radiology.Study.V1.Study study = Samples.Study();
        study.MergeFrom(Samples.Study());
        byte[] once = Samples.Study().ToByteArray();
        Radiology.Study.V1.Study expected = Radiology.Study.V1.Study.Parse(once);
        expected.MergeFrom(once);
        Check.Equal(expected, study);
        var merged = new Oneofs { Value = new Oneofs.ValueOneof.Itself(new Oneofs { Before = "b" }) };
        merged.MergeFrom(new Oneofs { Value = new Oneofs.ValueOneof.Itself(new Oneofs { After = "a" }) });
        Check.Equal("{\"itself\":{\"before\":\"b\",\"after\":\"a\"}}", Sorted(merged));
    }

    private static string Sorted(Oneofs message) =>
        message.Value is Oneofs.ValueOneof.Itself inner
            ? "{\"itself\":{\"before\":\"" + inner.Value.Before + "\",\"after\":\"" + inner.Value.After + "\"}}"
            : "";

    private static void CopiesShareNothing()
    {
        Radiology.Study.V1.Study study = Samples.Study();
        Radiology.Study.V1.Study copy = study.Clone();
        Check.Equal(study, copy);
        copy.Series[0].Instances[0].Thumbnail[0] = 9;
        copy.Labels["new"] = "";
        copy.Patient!.Pseudonym = "changed";
        copy.BodyParts.Clear();
        Check.Equal(Samples.Study(), study);
        var changed = new Radiology.Study.V1.Study(study) { Description = null, Id = "s-2" };
        Check.True(changed.Description == null && study.Description != null && !changed.Equals(study));
        Check.Equal(study, new Radiology.Study.V1.Study(changed) { Description = study.Description, Id = study.Id });
        changed.Labels.Clear();
        Check.Equal(2, study.Labels.Count);
        Check.Throws<System.ArgumentNullException>(() => new Radiology.Study.V1.Study(null!));
        Kitchen.Ext.Container extended = Samples.Extended();
        Kitchen.Ext.Container other = extended.Clone();
        other.Bases[0].GetExtension(Kitchen.Ext.ExtensionsContract.XsPacked)!.Clear();
        Check.Equal(Samples.Extended(), extended);
        Check.True(!other.Equals(extended));
    }

    private static void NullIsForgiven()
    {
        var scalars = new Scalars { AString = null!, ABytes = null! };
        Check.Equal(new Scalars(), scalars);
        var lists = new Lists { Strings = null! };
        Check.Equal(0, lists.Strings.Count);
        lists.Strings.Add(null!);
        EncodeException error = Check.Throws<EncodeException>(() => lists.ToByteArray());
        Check.Equal("kitchen.three.Lists.strings[0]", error.Path);
    }
}

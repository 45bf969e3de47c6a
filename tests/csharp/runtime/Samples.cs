// Messages with every kind of field, and their bytes.

#nullable enable

using System.Collections.Generic;
using Radiology.Study.V1;
using Xlc;
using Xlc.WellKnownTypes;

internal static class Samples
{
    internal static readonly TypeRegistry Types = TypeRegistry.Of(
        StudyContract.Types,
        Kitchen.Two.Proto2Contract.Types,
        Kitchen.Three.Proto3Contract.Types,
        Kitchen.Ext.ExtensionsContract.Types,
        Kitchen.Elsewhere.ExtensionsElsewhereContract.Types);

    internal static Study Study()
    {
        var study = new Study
        {
            Id = "s-1",
            AccessionNumber = "A\u00E4\u5FC3\U0001FA7B",
            Modality = "CT",
            Status = StudyStatus.Running,
            Patient = new Patient { Pseudonym = "p", AgeYears = 44, Sex = "", WeightKg = 70.5f },
            Description = "",
            PerformedAt = new Timestamp { Seconds = 1_700_000_000, Nanos = 120_000_000 },
            Turnaround = new Duration { Seconds = -1, Nanos = -500_000_000 },
            Revision = long.MinValue,
            TotalBytes = ulong.MaxValue,
            Phantom = true,
            QueuePosition = 0,
            Remark = "none",
            Attributes = Struct.From(new Dictionary<string, object?> { ["a"] = null, ["b"] = new object[] { 1.5, true, "x" } }),
            Result = new Study.ResultOneof.Rejection(new Rejection()),
        };
        study.BodyParts.AddRange(new[] { BodyPart.Head, (BodyPart)99, BodyPart.Chest });
        study.Labels["z"] = "last";
        study.Labels["a"] = "first";
        study.Milestones["x"] = new Timestamp { Seconds = 1 };
        study.InstanceCounts["1.2"] = 3;
        study.Attachments.Add(Any.Pack(new Patient { Pseudonym = "other" }));
        for (int number = 0; number < 3; number++)
        {
            var series = new Study.Types.Series
            {
                SeriesInstanceUid = "1.2." + number,
                SeriesNumber = number - 1,
                SliceThicknessMm = 0.1f,
                Exposure = new Duration { Seconds = 2 },
            };
            series.Windows[-number] = new Study.Types.Series.Types.Window { Center = -0.0, Width = 1e300 };
            series.Instances.Add(new Study.Types.Series.Types.Instance
            {
                SopInstanceUid = "1",
                InstanceNumber = -1,
                Rows = 512,
                PixelSpacing = new PixelSpacing { RowMm = 0.5 },
                ImagePositionMm = new List<double> { 1, -2.5, double.PositiveInfinity },
                MinHounsfield = -1024,
                TriggerOffsetUs = -7,
                TableHeightUm = -3,
                ClockSkewNs = -4,
                PixelCrc32c = 0xDEADBEEF,
                ContentHash = 0x0123456789ABCDEF,
                Thumbnail = new byte[] { 0, 255, 128 },
                FrameLengths = new List<ulong> { 1, 300, ulong.MaxValue },
            });
            study.Series.Add(series);
        }

        return study;
    }

    internal static IEnumerable<Message> All()
    {
        yield return Study();
        yield return Kitchen.Two.Lists.ParseJson(
            "{\"doubles\":[1,\"NaN\"],\"int32s\":[-1,2],\"strings\":[\"a\",\"\"],\"bytess\":[\"AAE=\"],\"colors\":[\"COLOR_BLUE\"],"
            + "\"leaves\":[{}],\"pInt32s\":[1,300,-5],\"pDoubles\":[0.5],\"pBools\":[true,false],\"pColors\":[\"COLOR_RED\",\"COLOR_BLUE\"]}");
        yield return Kitchen.Two.Groups.ParseJson(
            "{\"must\":{\"a\":1},\"may\":{\"a\":2,\"inner\":[{\"text\":\"t\"},{\"back\":{\"must\":{\"a\":3}}}]},"
            + "\"many\":[{\"a\":4}],\"chosen\":{\"data\":\"AA==\"},\"sameType\":{}}");
        yield return Kitchen.Two.ClosedMaps.ParseJson(
            "{\"byId\":{\"1\":\"SWITCH_ON\",\"-2\":\"SWITCH_OFF\"},\"bytesByName\":{\"a\":\"AA==\"},\"leaves\":{\"true\":{}}}");
        yield return Kitchen.Two.RequiredInside.ParseJson(
            "{\"singular\":{\"value\":1},\"list\":[{\"value\":2}],\"byId\":{\"3\":{\"value\":3}},\"chosen\":{\"value\":4}}");
        yield return Kitchen.Three.Maps.ParseJson(
            "{\"int32Int32\":{\"-1\":1},\"uint64Uint64\":{\"18446744073709551615\":\"0\"},\"boolBool\":{\"true\":false},"
            + "\"stringMood\":{\"m\":\"MOOD_GRIM\",\"n\":77},\"recursive\":{\"1\":{\"nested\":{\"x\":{\"inners\":{\"false\":{}}}}}},"
            + "\"int32Float\":{\"0\":1.5},\"stringBytes\":{\"k\":\"AAAA\"}}");
        yield return Kitchen.Three.Oneofs.ParseJson("{\"before\":\"b\",\"itself\":{\"aDouble\":-0.0,\"only\":\"o\"},\"after\":\"\"}");
        yield return Kitchen.Ext.Container.Parse(Extended().ToByteArray());
    }

    internal static Kitchen.Ext.Container Extended()
    {
        var extended = new Kitchen.Ext.Base { Id = "x" };
        extended.SetExtension(Kitchen.Ext.ExtensionsContract.XInt32, 5);
        extended.GetExtension(Kitchen.Ext.ExtensionsContract.XsPacked)!.AddRange(new[] { 1, 2, 300 });
        extended.SetExtension(Kitchen.Ext.Scoped.Extensions.AsExtension, new Kitchen.Ext.Scoped { Value = 1 });
        var set = new Kitchen.Ext.Set();
        set.SetExtension(Kitchen.Ext.SetItem.Extensions.Item, new Kitchen.Ext.SetItem { Text = "t" });
        return new Kitchen.Ext.Container { Set = set, Bases = new List<Kitchen.Ext.Base> { extended } };
    }
}

// Errors say where: the path of the field, and the byte.

#nullable enable

using System;
using Radiology.Study.V1;
using Xlc;

internal static class ErrorTests
{
    internal static void Run()
    {
        // study.series[1].instances[0].rows is cut off in the middle of its value.
        byte[] bytes = Check.Bytes("52 00 52 04 3A 02 20 80");
        DecodeException error = Check.Throws<DecodeException>(() => Study.Parse(bytes));
        Check.Equal("radiology.study.v1.Study.series[1].instances[0].rows", error.Path);
        Check.Equal(7, error.Offset);
        Check.Equal("radiology.study.v1.Study.series[1].instances[0].rows: the input ends too early (at byte 7)", error.Message);

        error = Check.Throws<DecodeException>(() => Study.Parse(Check.Bytes("6A 05 0A 01 61 12 FF")));
        Check.Equal("radiology.study.v1.Study.labels", error.Path);
        error = Check.Throws<DecodeException>(() => Study.Parse(Check.Bytes("72 06 0A 01 61 12 01 FF")));
        Check.Equal("radiology.study.v1.Study.milestones", error.Path);
        error = Check.Throws<DecodeException>(() => Kitchen.Two.RequiredInside.Parse(Check.Bytes("12 02 08 01 12 00")));
        Check.Equal("kitchen.two.RequiredInside.list[1].value", error.Path);
        error = Check.Throws<DecodeException>(() => Study.Parse(Check.Bytes("07")));
        Check.Equal("radiology.study.v1.Study", error.Path);
        error = Check.Throws<DecodeException>(() => Study.Parse(Check.Bytes("0A 00 F8 06")));
        Check.Equal("radiology.study.v1.Study.111", error.Path);

        // Tags that no encoder writes.
        foreach (string hex in new[] { "00", "02 00", "8A 80 80 80 80 00 00", "FA FF FF FF 1F 00", "0C", "0B", "0E", "0F", "FA 80 80 80 80 80 80 80 80 80 80 01" })
        {
            Check.Throws<DecodeException>(() => Study.Parse(Check.Bytes(hex)));
        }

        const string Json = "{\"series\":[{},{\"instances\":[{\"rows\":-1}]}]}";
        JsonFormatException refused = Check.Throws<JsonFormatException>(() => Study.ParseJson(Json));
        Check.Equal("radiology.study.v1.Study.series[1].instances[0].rows", refused.Path);
        refused = Check.Throws<JsonFormatException>(() => Study.ParseJson("{\"patient\":{\"nobody\":1}}"));
        Check.Equal("radiology.study.v1.Study.patient: the message has no field `nobody` (at byte 12)", refused.Message);
        refused = Check.Throws<JsonFormatException>(() => Study.ParseJson("{\"milestones\":{\"a\":\"b\"}}"));
        Check.Equal("radiology.study.v1.Study.milestones", refused.Path);

        Study study = Samples.Study();
        study.Series[2].Windows[-2].Explanation = "\uDFFF";
        EncodeException failed = Check.Throws<EncodeException>(() => study.ToJson(new JsonWriteOptions { Types = Samples.Types }));
        Check.Equal("radiology.study.v1.Study.series[2].windows[-2].explanation", failed.Path);
        failed = Check.Throws<EncodeException>(() => study.ToByteArray());
        Check.Equal("radiology.study.v1.Study.series[2].windows[-2].explanation: the string holds a lone surrogate", failed.Message);
        study = Samples.Study();
        study.Series[1].Instances[0].SopInstanceUid = "\uD800";

        // What only ProtoJSON cannot express is not taken for the field that the binary format stumbled over.
        study.PerformedAt!.Nanos = -1;
        failed = Check.Throws<EncodeException>(() => study.ToByteArray());
        Check.Equal("radiology.study.v1.Study.series[1].instances[0].sop_instance_uid", failed.Path);
        failed = Check.Throws<EncodeException>(() => study.ToJson());
        Check.Equal("radiology.study.v1.Study.performed_at", failed.Path);
        study = new Study { Labels = { ["a"] = "b", ["c"] = null! } };
        failed = Check.Throws<EncodeException>(() => study.ToByteArray());
        Check.Equal("radiology.study.v1.Study.labels[c]: the value is null", failed.Message);
        var list = new Kitchen.Three.Lists { Messages = { new Kitchen.Three.Empty(), null! } };
        failed = Check.Throws<EncodeException>(() => list.WriteTo(new System.Buffers.ArrayBufferWriter<byte>()));
        Check.Equal("kitchen.three.Lists.messages[1]", failed.Path);
        var extended = new Kitchen.Ext.Base();
        extended.SetExtension(Kitchen.Ext.ExtensionsContract.XProto3Message, new Kitchen.Three.Scalars { AString = "\uDC00" });
        failed = Check.Throws<EncodeException>(() => extended.ToByteArray());
        Check.Equal("kitchen.ext.Base[kitchen.ext.x_proto3_message].a_string", failed.Path);
        Check.Throws<ArgumentNullException>(() => list.WriteTo(null!));
        Check.Throws<ArgumentNullException>(() => Study.ParseJson((string)null!));
    }
}

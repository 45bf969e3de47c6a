// A program as the page on C# shows it, compiled with every warning as an error: nullable flow, input in pieces, System.Text.Json,
// the text format.

#nullable enable

using System;
using System.Buffers;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Serialization;
using Radiology.Study.V1;
using Xlc;
using Xlc.WellKnownTypes;

/// <summary>Makes the framework's serializer use ProtoJSON for messages.</summary>
internal sealed class ContractJson<T> : JsonConverter<T>
    where T : Message
{
    private readonly Func<string, JsonReadOptions?, T> _parse;

    public ContractJson(Func<string, JsonReadOptions?, T> parse) => _parse = parse;

    public override T Read(ref Utf8JsonReader reader, System.Type type, JsonSerializerOptions options)
    {
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        return _parse(document.RootElement.GetRawText(), null);
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.ToJson());
}

internal sealed record Order(string Number, Study? Study, List<Patient> Patients);

internal static class Program
{
    private static int Main()
    {
        Study study = Sample();
        Check(Lengths(study) == "s-1".Length + "CT thorax".Length + 1);
        Check(Outcome(study) == "finding");
        Check(study.Equals(Study.Parse(study.ToByteArray())));
        Check(study.Equals(Study.ParseText(study.ToText())));
        var changed = new Study(study) { Id = "s-2", Description = null };
        Check(study.Description != null && changed.Description == null && study.Labels != changed.Labels);
        Pieces(study);
        Serializer(study);
        Anything(study);
        Console.WriteLine("ok");
        return 0;
    }

    private static Study Sample() => new()
    {
        Id = "s-1",
        Status = StudyStatus.Queued,
        Description = "CT thorax",
        PerformedAt = Timestamp.From(DateTimeOffset.UnixEpoch),
        Labels = { ["site"] = "north" },
        Series = { new Study.Types.Series { Modality = "CT" } },
        Result = new Study.ResultOneof.Finding(new Finding()),
    };

    /// <summary>What cannot be null needs no question, what can be null is known not to be once it was asked.</summary>
    private static int Lengths(Study study)
    {
        int length = study.Id.Length + study.Series.Count;
        if (study.Description is { } description)
        {
            length += description.Length;
        }

        if (study.PerformedAt != null)
        {
            length += study.PerformedAt.Nanos;
        }

        return length;
    }

    private static string Outcome(Study study) => study.Result switch
    {
        Study.ResultOneof.Finding { Value: not null } => "finding",
        Study.ResultOneof.Rejection rejection => rejection.Value.ToString(),
        _ => "none",
    };

    private static void Pieces(Study study)
    {
        var output = new ArrayBufferWriter<byte>();
        study.WriteTo(output);
        Check(study.Equals(Study.Parse(new ReadOnlySequence<byte>(output.WrittenMemory))));
        byte[] bytes = study.ToByteArray();
        var first = new Piece(bytes.AsMemory(0, 3), 0);
        Piece last = first.Then(bytes.AsMemory(3));
        var pieces = new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
        Check(!pieces.IsSingleSegment && study.Equals(Study.Parse(pieces)));
        try
        {
            Study.Parse(pieces.Slice(0, bytes.Length - 1));
            Check(false);
        }
        catch (DecodeException error)
        {
            Check(error.Path.StartsWith(Study.ProtoName, StringComparison.Ordinal));
        }
    }

    private static void Serializer(Study study)
    {
        var options = new JsonSerializerOptions
        {
            Converters = { new ContractJson<Study>(Study.ParseJson), new ContractJson<Patient>(Patient.ParseJson) },
        };
        var order = new Order("7", study, new List<Patient> { new() { Pseudonym = "p" } });
        string json = JsonSerializer.Serialize(order, options);
        Check(json.Contains("\"PerformedAt\"", StringComparison.Ordinal) == false);
        Check(json.Contains("\"performedAt\":\"1970-01-01T00:00:00Z\"", StringComparison.Ordinal));
        Order? read = JsonSerializer.Deserialize<Order>(json, options);
        Check(read?.Study?.Equals(study) == true && read.Patients[0].Pseudonym == "p");
        Check(JsonSerializer.Deserialize<Order>("{\"Number\":\"8\",\"Study\":null,\"Patients\":[]}", options)?.Study == null);
    }

    private static void Anything(Study study)
    {
        Any any = Any.Pack(study);
        var types = TypeRegistry.Of(StudyContract.Types);
        Check(any.ToJson(new JsonWriteOptions { Types = types }).Contains("@type", StringComparison.Ordinal));
        Check(any.ToText(new TextWriteOptions { Types = types }).StartsWith("[type.googleapis.com/", StringComparison.Ordinal));
        Check(any.TryUnpack(out Study? unpacked) && unpacked.Id == "s-1");
        Check(any.Unpack(types) is Study { Id: "s-1" });
    }

    private static void Check(bool condition)
    {
        if (!condition)
        {
            throw new InvalidOperationException();
        }
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        internal Piece(ReadOnlyMemory<byte> memory, long index)
        {
            Memory = memory;
            RunningIndex = index;
        }

        internal Piece Then(ReadOnlyMemory<byte> memory)
        {
            var next = new Piece(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}

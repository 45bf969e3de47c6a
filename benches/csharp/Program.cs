// What encoding and decoding cost: processor time and memory of one call, for a small study and for one of a thousand
// series, generated code beside the yardstick (see Shape). A line is `size operation`, then nanoseconds and bytes of each.

#nullable enable

using System;
using System.Buffers;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Radiology.Study.V1;
using Xlc.WellKnownTypes;

internal static class Program
{
    private const int Rounds = 5;

    // Processor time has ticks of several milliseconds.
    private const double Milliseconds = 200;
    private static object? s_kept;

    private static void Main()
    {
        Measure("small", Small());
        Measure("large", Large());
    }

    private static void Measure(string name, Study study)
    {
        byte[] binary = study.ToByteArray();
        string text = study.ToJson();
        byte[] json = Encoding.UTF8.GetBytes(text);
        Shape.Study shape = Shape.Study.Parse(binary);
        if (!shape.ToByteArray().AsSpan().SequenceEqual(binary) || shape.ToJson() != text)
        {
            throw new InvalidOperationException("the two do not write the same");
        }

        if (Shape.Study.ParseJson(json).ToJson() != text || Study.ParseJson(json).ToJson() != text)
        {
            throw new InvalidOperationException("the two do not read the same");
        }

        var output = new ArrayBufferWriter<byte>(1 << 20);
        Row(name, "encode", () => s_kept = study.ToByteArray(), () => s_kept = shape.ToByteArray());
        Row(name, "append", () => Into(output, study.WriteTo), () => Into(output, shape.WriteTo));
        Row(name, "decode", () => s_kept = Study.Parse(binary), () => s_kept = Shape.Study.Parse(binary));
        Row(name, "json-out", () => s_kept = study.ToJson(), () => s_kept = shape.ToJson());
        Row(name, "json-in", () => s_kept = Study.ParseJson(json), () => s_kept = Shape.Study.ParseJson(json));
    }

    private static void Into(ArrayBufferWriter<byte> output, Action<IBufferWriter<byte>> write)
    {
        output.Clear();
        write(output);
    }

    private static void Into(ArrayBufferWriter<byte> output, Action<IBufferWriter<byte>, bool> write)
    {
        output.Clear();
        write(output, false);
    }

    /// <summary>Both in turn, so that what else the machine does meets both; the best round counts.</summary>
    private static void Row(string size, string operation, Action ours, Action theirs)
    {
        int[] counts = { Count(ours), Count(theirs) };
        double[] best = { double.MaxValue, double.MaxValue };
        for (int round = 0; round < Rounds; round++)
        {
            best[0] = Math.Min(best[0], Time(ours, counts[0]) * 1e6 / counts[0]);
            best[1] = Math.Min(best[1], Time(theirs, counts[1]) * 1e6 / counts[1]);
        }

        FormattableString line = $"{size} {operation} {best[0]:F0} {Allocated(ours)} {best[1]:F0} {Allocated(theirs)}";
        Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>How many calls take long enough to be timed.</summary>
    private static int Count(Action action)
    {
        int count = 64;
        while (Time(action, count) < Milliseconds)
        {
            count *= 2;
        }

        return count;
    }

    private static double Time(Action action, int count)
    {
        using Process process = Process.GetCurrentProcess();
        TimeSpan start = process.TotalProcessorTime;
        for (int index = 0; index < count; index++)
        {
            action();
        }

        process.Refresh();
        return (process.TotalProcessorTime - start).TotalMilliseconds;
    }

    private static long Allocated(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static Study Small() => new Study
    {
        Id = "1.2.826.0.1.3680043.8.498.4551.20240229",
        AccessionNumber = "A-2024-118231",
        Modality = "CT",
        Status = StudyStatus.Running,
        Description = "CT thorax with contrast",
        PerformedAt = new Timestamp { Seconds = 1_709_210_000, Nanos = 250_000_000 },
        Revision = 42,
        TotalBytes = 512_000_000,
        QueuePosition = 3,
        BodyParts = { BodyPart.Chest, BodyPart.Abdomen },
        Labels = { ["trial"] = "NELSON-2", ["site"] = "north", ["priority"] = "high" },
        Patient = new Patient { Pseudonym = "p-77120-b", Sex = "F", WeightKg = 61.5f },
        Series = { Series(0), Series(1) },
    };

    private static Study Large()
    {
        Study study = Small();
        study.Series = new List<Study.Types.Series>();
        for (int number = 0; number < 1000; number++)
        {
            study.Series.Add(Series(number));
        }

        return study;
    }

    private static Study.Types.Series Series(int number) => new Study.Types.Series
    {
        SeriesInstanceUid = "1.2.826.0.1.3680043.8.498.4551.20240229." + (1000 + number),
        SeriesNumber = number,
        Modality = "CT",
        Description = "axial 1.0",
        BodyPart = BodyPart.Chest,
        SliceThicknessMm = 1.25f,
    };
}

// What encoding and decoding cost: time and memory per call, for a small study and for one of a thousand series.

using System;
using System.Buffers;
using System.Collections.Generic;
using System.Diagnostics;
using System.Text;
using Radiology.Study.V1;
using Xlc.WellKnownTypes;

internal static class Program
{
    private static object s_kept;

    private static void Main()
    {
        Console.WriteLine("| study | bytes | operation | ns | bytes allocated |");
        Console.WriteLine("|---|---|---|---|---|");
        Measure("small", Small());
        Measure("large", Large());
    }

    private static void Measure(string name, Study study)
    {
        byte[] binary = study.ToByteArray();
        string text = study.ToJson();
        byte[] json = Encoding.UTF8.GetBytes(text);
        var output = new ArrayBufferWriter<byte>(1 << 20);
        int size = binary.Length;
        Row(name, size, "encode to an array", () => s_kept = study.ToByteArray());
        Row(name, size, "encode to a buffer writer", () =>
        {
            output.Clear();
            study.WriteTo(output);
        });
        Row(name, size, "decode", () => s_kept = Study.Parse(binary));
        Row(name, json.Length, "JSON out, as a string", () => s_kept = study.ToJson());
        Row(name, json.Length, "JSON in, from a string", () => s_kept = Study.ParseJson(text));
        Row(name, json.Length, "JSON in, from UTF-8", () => s_kept = Study.ParseJson(json));
        Row(name, size, "clone", () => s_kept = study.Clone());
    }

    private static void Row(string study, int size, string operation, Action action)
    {
        // Processor time, which a shared machine does not stretch as it does the time on the clock.
        double best = double.MaxValue;
        int count = 1;
        for (int round = 0; round < 4;)
        {
            TimeSpan start = Process.GetCurrentProcess().TotalProcessorTime;
            for (int index = 0; index < count; index++)
            {
                action();
            }

            double took = (Process.GetCurrentProcess().TotalProcessorTime - start).TotalMilliseconds;
            if (took < 200)
            {
                count *= 2;
                continue;
            }

            best = Math.Min(best, took * 1e6 / count);
            round++;
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Console.WriteLine($"| {study} | {size:N0} | {operation} | {best:N0} | {allocated:N0} |");
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

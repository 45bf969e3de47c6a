// The yardstick's ProtoJSON: written straight into a string builder's buffer, read by the framework's own reader.

#nullable enable

using System;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Shape
{
    public sealed partial class Study
    {
        private static readonly string[] s_statuses = { "STUDY_STATUS_UNSPECIFIED", "STUDY_STATUS_RECEIVING", "STUDY_STATUS_QUEUED", "STUDY_STATUS_RUNNING" };

        public string ToJson()
        {
            var w = new StringBuilder(512);
            w.Append("{\"id\":\"").Append(Id).Append("\",\"accessionNumber\":\"").Append(AccessionNumber);
            w.Append("\",\"modality\":\"").Append(Modality).Append("\",\"status\":\"").Append(s_statuses[Status]).Append('"');
            if (Patient != null)
            {
                w.Append(",\"patient\":{\"pseudonym\":\"").Append(Patient.Pseudonym).Append("\",\"sex\":\"").Append(Patient.Sex);
                w.Append("\",\"weightKg\":").Append(Patient.Weight.GetValueOrDefault().ToString("R", CultureInfo.InvariantCulture)).Append('}');
            }

            w.Append(",\"description\":\"").Append(Description).Append('"');
            if (PerformedAt != null)
            {
                DateTime time = DateTime.UnixEpoch.AddSeconds(PerformedAt.Seconds);
                w.Append(",\"performedAt\":\"").Append(time.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture));
                w.Append('.').Append((PerformedAt.Nanos / 1_000_000).ToString("D3", CultureInfo.InvariantCulture)).Append("Z\"");
            }

            Parts(w);
            w.Append(",\"labels\":{");
            string[] keys = new string[Labels.Count];
            Labels.Keys.CopyTo(keys, 0);
            Array.Sort(keys, StringComparer.Ordinal);
            for (int index = 0; index < keys.Length; index++)
            {
                w.Append(index == 0 ? "\"" : ",\"").Append(keys[index]).Append("\":\"").Append(Labels[keys[index]]).Append('"');
            }

            w.Append("},\"revision\":\"").Append(Revision).Append("\",\"totalBytes\":\"").Append(TotalBytes);
            return w.Append("\",\"queuePosition\":").Append(QueuePosition).Append('}').ToString();
        }

        private void Parts(StringBuilder w)
        {
            w.Append(",\"bodyParts\":[");
            for (int index = 0; index < BodyParts.Count; index++)
            {
                w.Append(index == 0 ? "" : ",").Append(Part(BodyParts[index]));
            }

            w.Append("],\"series\":[");
            for (int index = 0; index < Series.Count; index++)
            {
                Series one = Series[index];
                w.Append(index == 0 ? "" : ",").Append("{\"seriesInstanceUid\":\"").Append(one.Uid).Append('"');
                if (one.Number != 0)
                {
                    w.Append(",\"seriesNumber\":").Append(one.Number);
                }

                w.Append(",\"modality\":\"").Append(one.Modality).Append("\",\"description\":\"").Append(one.Description);
                w.Append("\",\"bodyPart\":").Append(Part(one.BodyPart)).Append(",\"sliceThicknessMm\":");
                w.Append(one.SliceThickness.GetValueOrDefault().ToString("R", CultureInfo.InvariantCulture)).Append('}');
            }

            w.Append(']');
        }

        private static string Part(int number) => number switch
        {
            2 => "\"BODY_PART_CHEST\"",
            3 => "\"BODY_PART_ABDOMEN\"",
            _ => number.ToString(CultureInfo.InvariantCulture),
        };

        private static int Part(string? name) => name switch
        {
            "BODY_PART_CHEST" => 2,
            "BODY_PART_ABDOMEN" => 3,
            _ => throw new FormatException(),
        };

        public static Study ParseJson(ReadOnlySpan<byte> json)
        {
            var study = new Study();
            var r = new Utf8JsonReader(json);
            r.Read();
            while (r.Read() && r.TokenType == JsonTokenType.PropertyName)
            {
                string name = r.GetString()!;
                r.Read();
                switch (name)
                {
                    case "id": study.Id = r.GetString()!; break;
                    case "accessionNumber": study.AccessionNumber = r.GetString()!; break;
                    case "modality": study.Modality = r.GetString()!; break;
                    case "status": study.Status = Array.IndexOf(s_statuses, r.GetString()); break;
                    case "patient": study.Patient = ReadPatient(ref r); break;
                    case "description": study.Description = r.GetString(); break;
                    case "performedAt": study.PerformedAt = ReadTime(r.GetDateTimeOffset()); break;
                    case "bodyParts": while (r.Read() && r.TokenType != JsonTokenType.EndArray) { study.BodyParts.Add(Part(r.GetString())); } break;
                    case "series": while (r.Read() && r.TokenType != JsonTokenType.EndArray) { study.Series.Add(ReadSeries(ref r)); } break;
                    case "labels": while (r.Read() && r.TokenType != JsonTokenType.EndObject) { string key = r.GetString()!; r.Read(); study.Labels.Add(key, r.GetString()!); } break;
                    case "revision": study.Revision = long.Parse(r.GetString()!, CultureInfo.InvariantCulture); break;
                    case "totalBytes": study.TotalBytes = ulong.Parse(r.GetString()!, CultureInfo.InvariantCulture); break;
                    case "queuePosition": study.QueuePosition = r.GetInt32(); break;
                    default: throw new FormatException(name);
                }
            }

            return study;
        }

        private static Timestamp ReadTime(DateTimeOffset time) => new Timestamp
        {
            Seconds = time.ToUnixTimeSeconds(),
            Nanos = (int)(time.UtcTicks % TimeSpan.TicksPerSecond) * 100,
        };

        private static Patient ReadPatient(ref Utf8JsonReader r)
        {
            var patient = new Patient();
            while (r.Read() && r.TokenType == JsonTokenType.PropertyName)
            {
                string name = r.GetString()!;
                r.Read();
                switch (name)
                {
                    case "pseudonym": patient.Pseudonym = r.GetString()!; break;
                    case "sex": patient.Sex = r.GetString(); break;
                    case "weightKg": patient.Weight = r.GetSingle(); break;
                    default: throw new FormatException(name);
                }
            }

            return patient;
        }

        private static Series ReadSeries(ref Utf8JsonReader r)
        {
            var series = new Series();
            while (r.Read() && r.TokenType == JsonTokenType.PropertyName)
            {
                string name = r.GetString()!;
                r.Read();
                switch (name)
                {
                    case "seriesInstanceUid": series.Uid = r.GetString()!; break;
                    case "seriesNumber": series.Number = r.GetInt32(); break;
                    case "modality": series.Modality = r.GetString()!; break;
                    case "description": series.Description = r.GetString(); break;
                    case "bodyPart": series.BodyPart = Part(r.GetString()); break;
                    case "sliceThicknessMm": series.SliceThickness = r.GetSingle(); break;
                    default: throw new FormatException(name);
                }
            }

            return series;
        }
    }
}

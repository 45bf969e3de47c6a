// Parses Avro schemas by the Java library: every line of the input is a schema, every line of the output its canonical
// form, a tab and its CRC-64-AVRO fingerprint in hexadecimal digits. Ends with an error at the first line that is none.

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

public final class Canonical {
    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            Schema schema = new Schema.Parser().parse(line);
            String canonical = SchemaNormalization.toParsingForm(schema);
            out.println(canonical + "\t" + String.format("%016x", SchemaNormalization.parsingFingerprint64(schema)));
        }
        out.flush();
    }
}

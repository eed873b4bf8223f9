package io.rateguard.console.requests;

import java.util.ArrayList;
import java.util.List;

/** Reads what RFC 4180 says that a file of records is: fields in quotes may have commas, line ends and doubled quotes. */
final class CsvRecords {

    private CsvRecords() {}

    static List<List<String>> of(String text) {
        List<List<String>> records = new ArrayList<>();
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean isQuoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                if (isQuoted && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    field.append(text.charAt(++i));
                } else {
                    isQuoted = !isQuoted;
                }
            } else if (isQuoted || (c != ',' && c != '\r' && c != '\n')) {
                field.append(c);
            } else if (c != '\r') {
                fields.add(field.toString());
                field.setLength(0);
                if (c == '\n') {
                    records.add(List.copyOf(fields));
                    fields.clear();
                }
            }
        }
        return records;
    }
}

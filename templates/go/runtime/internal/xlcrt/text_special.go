package xlcrt

import "strconv"

// any writes the message in a google.protobuf.Any, if the registry has its type.
func (w *textWriter) any(s string) bool {
	var url, value, rest string
	for p := 0; p < len(s); {
		tag, q, end := w.field(s, p)
		switch tag {
		case 1<<3 | 2:
			url, _ = Bytes(s, q)
		case 2<<3 | 2:
			value, _ = Bytes(s, q)
		default:
			rest += s[p:end]
		}
		p = end
	}
	m := w.types.NewByURL(url)
	typed, ok := m.(TextTyped)
	if !ok || !isAnyName(url) || w.depth >= MaxDepth || m.UnmarshalBinary([]byte(value)) != nil {
		return false
	}
	data, err := m.MarshalBinary()
	if err != nil {
		return false
	}
	w.open("[" + url + "]")
	w.depth++
	w.message(typed.XLCText(), string(data))
	w.depth--
	w.close()
	w.unknown(rest, unknownDepth)
	return true
}

// set writes the items of a message set and returns what is no item.
func (w *textWriter) set(t *TextTable, s string) string {
	var items Extensions
	rest := ""
	for p := 0; p < len(s); {
		tag, q, end := w.field(s, p)
		if !IsSetItem(tag) || items.AppendSetItem(s, q, endless) < 0 {
			rest += s[p:end]
		}
		p = end
	}
	items.Settle()
	for i := range items.fields {
		f := &items.fields[i]
		if !w.extension(t, f.number, string(f.raw)) {
			w.unknown(string(f.raw), unknownDepth)
		}
	}
	return rest
}

// extension writes an extension field; false if the registry does not have it.
func (w *textWriter) extension(t *TextTable, number int32, raw string) bool {
	x, f := asText(w.types.extension(t.Name, number))
	if x == nil {
		return false
	}
	data, err := x.canonical([]byte(raw))
	if err != nil {
		w.fail(f.Name, "the extension is malformed: "+err.Error())
		return true
	}
	w.message(&TextTable{Fields: []TextField{*f}}, string(data))
	return true
}

// unknownDepth is how deep bytes of which nobody knows whether they are messages are taken for such.
const unknownDepth = 10

// unknown writes fields that the contract does not have by their numbers, if that is asked for.
func (w *textWriter) unknown(s string, depth int) {
	for p := 0; p < len(s) && w.options.EmitUnknown; {
		tag, q, end := w.field(s, p)
		if w.err != nil {
			return
		}
		name := strconv.Itoa(int(tag >> 3))
		switch tag & 7 {
		case 0:
			u, _ := Varint(s, q)
			w.begin(name)
			w.Raw(": ")
			w.Uint(u)
		case 1:
			u, _ := Fixed64(s, q)
			w.begin(name)
			w.hex(u, 16)
		case 2:
			u, _ := Bytes(s, q)
			if u != "" && depth > 0 && areFields(u) {
				w.open(name)
				w.unknown(u, depth-1)
				w.close()
				break
			}
			w.begin(name)
			w.Raw(": ")
			w.quote(u, false)
		case 3:
			w.open(name)
			u, _ := Group(s, q, tag, endless)
			w.unknown(u, depth)
			w.close()
		case 5:
			u, _ := Fixed32(s, q)
			w.begin(name)
			w.hex(uint64(u), 8)
		}
		p = end
	}
}

func (w *textWriter) hex(u uint64, digits int) {
	text := strconv.FormatUint(u, 16)
	w.Raw(": 0x")
	for k := len(text); k < digits; k++ {
		w.Raw("0")
	}
	w.Raw(text)
}

// areFields tells whether bytes can be read as a message.
func areFields(s string) bool {
	for p := 0; p < len(s); {
		tag, q := Tag(s, p)
		if q < 0 {
			return false
		}
		if p = Skip(s, q, tag, MaxDepth); p < 0 {
			return false
		}
	}
	return true
}

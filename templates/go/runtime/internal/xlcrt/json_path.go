package xlcrt

import (
	"strconv"
	"strings"
)

// jsonPath tells where in a JSON document its text was cut off: series[2].windows["1"]. It is made when there is
// an error, so that readers and writers need not keep track.
func jsonPath(text string) string {
	type level struct {
		key   string
		index int
		array bool
	}
	var levels []level
	key := ""
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '{', '[':
			levels = append(levels, level{array: text[i] == '['})
		case '}', ']':
			if len(levels) > 0 {
				levels = levels[:len(levels)-1]
			}
		case '"':
			end := endOfString(text, i)
			key = text[i:end]
			i = end - 1
		case ':':
			if len(levels) > 0 {
				levels[len(levels)-1].key = key
			}
		case ',':
			if len(levels) > 0 {
				levels[len(levels)-1].key = ""
				levels[len(levels)-1].index++
			}
		}
	}
	var path strings.Builder
	for _, l := range levels {
		name, err := strconv.Unquote(l.key)
		switch {
		case l.array:
			path.WriteString("[" + strconv.Itoa(l.index) + "]")
		case l.key == "":
		case err == nil && isName(name):
			if path.Len() > 0 {
				path.WriteByte('.')
			}
			path.WriteString(name)
		default:
			path.WriteString("[" + l.key + "]")
		}
	}
	return path.String()
}

// endOfString is the position after the string that begins at i, or the end of the text.
func endOfString(text string, i int) int {
	for i++; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(text)
}

func isName(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_'
		if !letter && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return s != ""
}

package xlcrt

// A Spare is room for values that the elements of a list are about to need: it is cheaper to allocate several at once.
// Programs that keep one of them keep its neighbours, too, so there are never many.
type Spare[T any] []T

// maxSpare is how many values are allocated at once.
const maxSpare = 32

// New takes a value; if there is none left, it makes n.
func (s *Spare[T]) New(n int) *T {
	if len(*s) == 0 {
		*s = make([]T, n)
	}
	v := &(*s)[0]
	*s = (*s)[1:]
	return v
}

// SpareSize is how many values to make while a list is read: as many as there were elements, so that what few elements
// need does not take much more room than what they have, and no more than there are elements to come.
func SpareSize(count, left int) int {
	return max(1, min(count-left, left, maxSpare))
}

// Extend appends n elements that are zero.
func Extend[T any](list []T, n int) []T {
	if list == nil {
		return make([]T, n)
	}
	return append(list, make([]T, n)...)
}

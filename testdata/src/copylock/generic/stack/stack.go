// Package stack has generic functions and types whose instances copy.
package stack

// A Stack keeps its elements by value.
type Stack[T any] struct{ items []T }

func (s *Stack[T]) Push(v T) { s.items = append(s.items, v) }

func (s *Stack[T]) Pop() (v T) { // want Pop:`copies\[0\]`
	last := len(s.items) - 1
	v = s.items[last]
	s.items = s.items[:last]
	return v
}

func (s *Stack[T]) At(i int) *T { return &s.items[i] }

func (s *Stack[T]) Len() int { return len(s.items) }

func (s *Stack[T]) Each(f func(*T)) {
	for i := range s.items {
		f(&s.items[i])
	}
}

// First returns the first element.
func First[S ~[]E, E any](s S) E { return s[0] } // want First:`copies\[1\]`

// Pair holds its elements by value.
type Pair[A, B any] struct {
	a A
	b B
}

func (p Pair[A, B]) Left() *A { return nil } // want Left:`copies\[0 1\]`

// Right is of a pointer.
func (p *Pair[A, B]) Right() *B { return &p.b }

// Values goes through a helper.
func Values[K comparable, V any](m map[K]V) []V { // want Values:`copies\[1\]`
	var all []V
	collect(m, func(v V) { all = append(all, v) })
	return all
}

func collect[K comparable, V any](m map[K]V, f func(V)) { // want collect:`copies\[1\]`
	for _, v := range m {
		f(v)
	}
}

// New copies what its caller hands it, once.
func New[T any](v T) *T { return &v }

// Package guarded is about panics that are wanted: somebody above catches them.
package guarded

// Caught returns what f panics with.
func Caught(f func()) (v any) {
	defer func() { v = recover() }()
	f()
	return nil
}

// Each runs what is known to panic.
func Each() []any {
	var out []any
	for _, f := range []func(){
		func() {
			c := make(chan int)
			close(c)
			close(c)
		},
		func() {
			c := make(chan int)
			close(c)
			c <- 1
		},
		func() {
			var c chan int
			close(c)
		},
	} {
		out = append(out, Caught(f))
	}
	return out
}

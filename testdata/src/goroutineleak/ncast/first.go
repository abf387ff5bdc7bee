package ncast

// First calls the functions at the same time and returns what the quickest of
// them returns.
func First[T any](fn func() T, more ...func() T) T {
	out := make(chan T, 1)
	for _, fn := range append(more, fn) {
		go func() { out <- fn() }() // want "send on out blocks for ever"
	}
	return <-out
}

// FirstFixed calls the functions at the same time and returns what the quickest of
// them returns.
func FirstFixed[T any](fn func() T, more ...func() T) T {
	out := make(chan T, 1+len(more))
	for _, fn := range append(more, fn) {
		go func() { out <- fn() }()
	}
	return <-out
}

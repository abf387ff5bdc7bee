// Package crosspkg gets its channels back from another package.
package crosspkg

import "example.com/corpus/goroutineleak/crosspkg/outlet"

// Getter reads from the channel that a method returns.
func Getter(words []string) (n int) {
	o := outlet.New(words)
	for range o.Words() {
		n++
	}
	return n
}

// Quitter ends an outlet by the channel that a method returns.
func Quitter(words []string) string {
	o := outlet.New(words)
	defer close(o.Quit())
	return <-o.Words()
}

// Converted reads from a channel that a function has converted.
func Converted(word string) string {
	c := make(chan string)
	go func() { c <- word }()
	return <-outlet.ReadOnly(c)
}

// Boxed reads from a channel in a struct.
func Boxed(word string) string {
	c := make(chan string)
	b := outlet.In(c)
	go func() { c <- word }()
	return <-b.C
}

// Listed reads from a channel in a list.
func Listed(word string) string {
	var l outlet.List
	c := make(chan string)
	l.Add(c)
	go func() { c <- word }()
	return <-l.First()
}

// Generic gets a channel back from a generic function.
func Generic(word string) string {
	c := make(chan string)
	go func() { c <- word }()
	return <-outlet.Same(c)
}

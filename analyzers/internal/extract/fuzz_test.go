package extract

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// FuzzBuild extracts from whatever type-checks: no panic, twice the same
// program, and one that the parser takes.
func FuzzBuild(f *testing.F) {
	Repanic = true
	files, err := filepath.Glob("testdata/*.go")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(src)
	}
	for _, body := range []string{
		"func F(a, b chan int) { select { case a <- <-b: case v, ok := <-b: _, _ = v, ok; default: } }",
		"type T struct{ m map[string]chan int; f func() }; func (t *T) F() { for k, c := range t.m { go func() { c <- len(k); t.f() }() } }",
		"func F[E any](list []E) (n int) { c := make(chan E, len(list)); defer func() { if recover() != nil { n = -1 } }(); for _, e := range list { go func() { c <- e }() }; for range list { <-c; n++ }; return }",
		"func F(seq func(func(int) bool)) { c := make(chan int); for v := range seq { if v > 2 { break }; c <- v }; close(c) }",
		"type I interface{ Do(chan<- int) }; func F(x any) { c := make(chan int); switch x := x.(type) { case I: go x.Do(c); case func() int: c <- x() }; goto end; end: <-c }",
		"var a [3]struct{ c chan int }; func F(i int) { b := a; b[i%3].c = make(chan int); go func() { b[0].c <- 1 }(); p := &a[1]; p.c, b[2].c = nil, p.c; for i := range 3 { defer close(b[i].c) } }",
	} {
		f.Add([]byte("package p\n\n" + body + "\n"))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		a, err := source("p.go", src)
		if err != nil {
			return
		}
		text := a.Prog.String()
		if b, err := source("p.go", src); err != nil || b.Prog.String() != text {
			t.Fatalf("a second extraction differs (%v)", err)
		}
		again, err := skeleton.Parse(text)
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		if got := again.String(); got != text {
			t.Fatalf("the text form changes:\n%s\n%s", text, got)
		}
	})
}

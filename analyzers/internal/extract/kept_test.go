package extract

import (
	"strings"
	"testing"
)

// What a method does to the channels of its receiver is what others do to them who get the
// object, if the method works on a copy, too. What the constructor does is not.
func TestUsesOfCopies(t *testing.T) {
	const src = `package p

type Gate struct{ done chan struct{} }

func New(show func(*Gate)) *Gate {
	g := &Gate{done: make(chan struct{})}
	show(g)
	<-g.done
	return g
}

func (g Gate) Open() {
	note(&g)
	close(g.done)
}

func note(*Gate) {}
`
	pkg, err := sourceOf("example.com/p", "gate.go", []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	text := pkg.Prog.String()
	if want := "example.com/p.Gate.0!s"; !strings.Contains(text, want) {
		t.Errorf("no %s in\n%s", want, text)
	}
}

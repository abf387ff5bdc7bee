package randprog

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// The same operation can be written in many ways. Forms are expressions and
// statements of one line that mean the same: channels that come out of slices,
// maps, structs, interfaces and calls, locks behind method values, method
// expressions and interfaces. What extraction makes of them must not differ.

// formsPrelude is what the forms use.
const formsPrelude = `
func same[T any](v T) T { return v }

type getter interface{ get() chan int }

type holder struct{ c chan int }

func (h holder) get() chan int { return h.c }

type nest struct {
	n int
	holder
}
`

var chanForms = []string{
	"[]chan int{nil, %s}[1]",
	"[2]chan int{%s}[0]",
	`map[string]chan int{"a": %s}["a"]`,
	"func() chan int { return %s }()",
	"any(%s).(chan int)",
	"struct{ a, b chan int }{b: %s}.b",
	"(&nest{n: 1, holder: holder{%s}}).c",
	"same(%s)",
	"append([]chan int{}, %s)[0]",
	"func(list ...chan int) chan int { return list[len(list)-1] }(nil, %s)",
	"getter(holder{%s}).get()",
	"nest{holder: holder{%s}}.get()",
	"func() (c chan int) { defer func() { c = %s }(); return nil }()",
	"func() (c chan int) { for _, c = range []chan int{%s} { }; return }()",
	"func(p *chan int) chan int { return *p }(&[]chan int{%s}[0])",
	"(<-func() chan chan int { cc := make(chan chan int, 1); cc <- %s; return cc }())",
}

// lockForms have places for the type, the method and the lock.
var lockForms = []string{
	"(*%[1]s).%[2]s(&%[3]s)",
	"{ f := %[3]s.%[2]s; f() }",
	"(&struct{ *%[1]s }{&%[3]s}).%[2]s()",
	"func() { %[3]s.%[2]s() }()",
	"func(l *%[1]s) { l.%[2]s() }(&%[3]s)",
	"func(f func()) { f() }(%[3]s.%[2]s)",
	"same((&%[3]s).%[2]s)()",
}

// lockerForms work for Lock and Unlock only.
var lockerForms = []string{
	"sync.Locker(&%[3]s).%[2]s()",
	"func(l sync.Locker) { l.%[2]s() }(&%[3]s)",
	"struct{ sync.Locker }{&%[3]s}.%[2]s()",
}

// pick decides on a form; the same program is always written in the same way.
func (w *source) pick(n int) int {
	return rand.New(rand.NewPCG(w.p.Seed, uint64(w.op*1000+w.n))).IntN(n)
}

// channel is an expression for a channel.
func (w *source) channel(object string) string {
	name := w.name(object)
	if !w.forms || w.pick(3) > 0 {
		return name
	}
	return "(" + fmt.Sprintf(chanForms[w.pick(len(chanForms))], name) + ")"
}

// method calls a method of a lock or a wait group without arguments.
func (w *source) method(object, method string) string {
	name := w.name(object)
	if !w.forms || w.params[object] || w.pick(3) > 0 {
		return name + "." + method + "()"
	}
	list := lockForms
	if strings.Contains("mr", object[:1]) && (method == "Lock" || method == "Unlock") {
		list = append(append([]string{}, list...), lockerForms...)
	}
	return fmt.Sprintf(list[w.pick(len(list))], goTypes[object[0]], method, name)
}

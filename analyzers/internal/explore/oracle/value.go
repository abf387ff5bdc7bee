// Package oracle is a second, deliberately simple interpreter of skeletons. It
// exists to be compared with the explorer: it shares no code with it, knows no
// reduction, copies whole states and names them by strings.
//
// Exhaustive follows every schedule of a closed program and tells exactly what
// can go wrong. Replay follows one schedule and tells whether it ends as said.
package oracle

import (
	"fmt"
	"slices"
	"strings"

	"github.com/concheck/concheck/analyzers/internal/skeleton"
)

// A value is what a register or a cell holds. Values are never changed in
// place, so that copies of a state may share them.
type value any

type (
	null struct{} // nil

	// A sym is an unknown: a leaf with an identity (op empty), or an expression
	// over others, whose identity is its text.
	sym struct {
		letter  byte
		id      int
		op      string
		a, b    value
		foreign bool // what a function of another package gave
	}

	ref struct{ obj, off int } // a cell of an object; a channel or a map is the object's cell 0
	fn  struct {
		name string
		caps []value
	}
	slice struct{ obj, off, len, cap, width int }
	iface struct {
		tag     string
		v       value
		private bool // only its own package has such values
	}
	agg  []value
	iter struct{ obj int }

	// The contents of cells that belong to package sync. Goroutines are named by
	// number plus one, so that the zero value is unlocked.
	mutex struct{ holder int }
	rw    struct {
		writer  int   // holds the lock
		pending int   // waits for the readers to go and keeps new ones out
		readers []int // sorted; a goroutine stands as often as it holds the lock
	}
	wg   struct{ n int64 }
	cond []int // waiting goroutines, the longest waiting first
)

// zero is the zero value of a layout: bare if it has one cell.
func zero(layout string) value {
	if len(layout) == 1 {
		return zeroCell(layout[0])
	}
	cells := agg{}
	for i := range len(layout) {
		cells = append(cells, zeroCell(layout[i]))
	}
	return cells
}

func zeroCell(letter byte) value {
	switch letter {
	case 'b':
		return false
	case 'i', 'u', 'n':
		return int64(0)
	case 'o':
		return ""
	case 'm':
		return mutex{}
	case 'r':
		return rw{}
	case 'w':
		return wg{}
	case 'c':
		return cond(nil)
	}
	return null{}
}

func isZero(v value) bool { return v == value(null{}) || v == int64(0) || v == false || v == "" }

// isLock reports whether the cells of a layout letter belong to package sync.
func isLock(letter byte) bool { return strings.IndexByte("mrwc", letter) >= 0 }

func holdsLock(v value) bool {
	switch v.(type) {
	case mutex, rw, wg, cond:
		return true
	}
	return false
}

// flat gives the cells of a value.
func flat(v value) []value {
	if a, ok := v.(agg); ok {
		return a
	}
	return []value{v}
}

// fit gives exactly n cells of v, filled up with zero cells of the layout.
func fit(v value, layout string) []value {
	cells := slices.Clone(flat(v))
	for i := len(cells); i < len(layout); i++ {
		cells = append(cells, zeroCell(layout[i]))
	}
	return cells[:len(layout)]
}

// bare undoes flat: one cell stands for itself.
func bare(cells []value) value {
	if len(cells) == 1 {
		return cells[0]
	}
	return agg(cells)
}

// text names a value; two values are equal exactly if their texts are. The
// function obj names objects.
func text(b *strings.Builder, v value, obj func(int) int) {
	switch v := v.(type) {
	case nil:
		b.WriteString("?")
	case null:
		b.WriteString("nil")
	case sym:
		if v.op == "" {
			fmt.Fprintf(b, "s%d", v.id)
			return
		}
		b.WriteString("(" + v.op + " ")
		text(b, v.a, obj)
		b.WriteString(" ")
		text(b, v.b, obj)
		b.WriteString(")")
	case ref:
		fmt.Fprintf(b, "o%d.%d", obj(v.obj), v.off)
	case fn:
		b.WriteString("&" + v.name + "(")
		for _, c := range v.caps {
			text(b, c, obj)
			b.WriteString(" ")
		}
		b.WriteString(")")
	case slice:
		fmt.Fprintf(b, "[o%d %d %d %d]", obj(v.obj), v.off, v.len, v.cap)
	case iface:
		b.WriteString("<" + v.tag + " ")
		text(b, v.v, obj)
		b.WriteString(">")
	case agg:
		b.WriteString("{")
		for _, c := range v {
			text(b, c, obj)
			b.WriteString(" ")
		}
		b.WriteString("}")
	case iter:
		fmt.Fprintf(b, "iter(o%d)", obj(v.obj))
	case string:
		fmt.Fprintf(b, "%q", v)
	default: // bool, int64 and the cells of package sync, which name no objects
		fmt.Fprintf(b, "%v", v)
	}
}

// sameText is the text of a value with objects under their own numbers.
func sameText(v value) string {
	var b strings.Builder
	text(&b, v, func(i int) int { return i })
	return b.String()
}

// objectsIn calls f for each object that v refers to.
func objectsIn(v value, f func(int)) {
	switch v := v.(type) {
	case ref:
		f(v.obj)
	case slice:
		f(v.obj)
	case iter:
		f(v.obj)
	case iface:
		objectsIn(v.v, f)
	case fn:
		for _, c := range v.caps {
			objectsIn(c, f)
		}
	case agg:
		for _, c := range v {
			objectsIn(c, f)
		}
	}
}

// symbolsIn calls f for each leaf symbol in v.
func symbolsIn(v value, f func(sym)) {
	switch v := v.(type) {
	case sym:
		if v.op == "" {
			f(v)
			return
		}
		symbolsIn(v.a, f)
		symbolsIn(v.b, f)
	case iface:
		symbolsIn(v.v, f)
	case fn:
		for _, c := range v.caps {
			symbolsIn(c, f)
		}
	case agg:
		for _, c := range v {
			symbolsIn(c, f)
		}
	}
}

func constant(a skeleton.Arg) value {
	switch a.Kind {
	case skeleton.ArgBool:
		return a.N != 0
	case skeleton.ArgInt:
		return a.N
	case skeleton.ArgStr:
		return a.S
	case skeleton.ArgFunc:
		return fn{name: a.S}
	}
	return null{}
}

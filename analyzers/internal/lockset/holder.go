package lockset

import (
	"go/types"
	"strings"
)

// Locks of embedded structs. Types that embed the same struct with a lock have
// locks of one class: which of the types holds a lock tells two of them apart.

// apart reports whether two locks of one class are of different objects for
// certain: those of a struct that different types embed.
func (l orderedLock) apart(o orderedLock) bool {
	return l.holder != "" && o.holder != "" && l.holder != o.holder
}

// holder returns the type of the object whose embedded struct has the lock.
func holder(l lock) string {
	if l.place.root == nil {
		return ""
	}
	at, out := l.place.root.Type(), ""
	steps := strings.Split(strings.ReplaceAll(l.place.steps, "*", ""), ".")
	for _, step := range steps[1:max(len(steps)-1, 1)] {
		st := structOf(at)
		n := namedOf(at)
		if st == nil || n == nil {
			return ""
		}
		var field *types.Var
		for f := range st.Fields() {
			if f.Name() == step {
				field = f
			}
		}
		switch {
		case field == nil:
			return ""
		case !field.Embedded():
			out = ""
		case out == "":
			out = typeKey(n)
		}
		at = field.Type()
	}
	return out
}

package checktest

import (
	"fmt"
	"strings"
	"testing"
)

func TestWantsIn(t *testing.T) {
	for text, want := range map[string]string{
		`// want "a"`:                      `0::a`,
		"// want `a b` \"c\\\"d\"":         `0::a b|0::c"d`,
		`/* want "a" */`:                   `0::a`,
		`// want +2 "a"`:                   `2::a`,
		`// want f:"fact" "a"`:             `0::a`,
		`// want package:"fact"`:           ``,
		`//nolint:x // want "a"`:           `0::a`,
		`// also unlock "u" // want "a"`:   `0:unlock:u|0::a`,
		"// also unlock \"u\" also x `y`":  `0:unlock:u|0:x:y`,
		`// nobody wants "this"`:           ``,
		`// I also see "quotes" elsewhere`: ``,
	} {
		ws, err := wantsIn(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
		}
		var got []string
		for _, w := range ws {
			got = append(got, fmt.Sprintf("%d:%s:%s", w.Line, w.Check, w.Pattern))
		}
		if g := strings.Join(got, "|"); g != want {
			t.Errorf("%s: got %s, want %s", text, g, want)
		}
	}
	for _, text := range []string{`// want "a`, `// want "("`} {
		if _, err := wantsIn(text); err == nil {
			t.Errorf("%s: no error", text)
		}
	}
}

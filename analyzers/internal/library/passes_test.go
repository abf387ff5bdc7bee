package library

import "testing"

func TestPasses(t *testing.T) {
	const require = "github.com/stretchr/testify/require."
	for name, want := range map[string]Passing{
		require + "NoError": {Param: 1, Val: "nil", Is: true},
		require + "Error":   {Param: 1, Val: "nil", Is: false},
		require + "True":    {Param: 1, Val: "true", Is: true},
		"(*github.com/stretchr/testify/require.Assertions).Falsef": {Param: 1, Val: "true", Is: false},
	} {
		if got, ok := Passes(name); !ok || got != want {
			t.Errorf("%s: %v, %v, want %v", name, got, ok, want)
		}
	}
	for _, name := range []string{require + "FailNow", "(*sync.Once).Do", "context.WithCancel", "fmt.Println", "errors.Is"} {
		if got, ok := Passes(name); ok {
			t.Errorf("%s: %v", name, got)
		}
	}
}

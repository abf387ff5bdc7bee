module example.com/corpus

go 1.26.0

require (
	github.com/spf13/cobra v0.0.0
	golang.org/x/sync v0.24.0
)

replace github.com/spf13/cobra => ./cobra

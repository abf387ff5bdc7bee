package cleanup

import (
	"testing"

	"example.com/corpus/silent/cleanup/helpers"
)

func TestHelped(t *testing.T) {
	helpers.UntilEnd(t, func() {})
	values := helpers.Collect(t)
	values <- 1
}

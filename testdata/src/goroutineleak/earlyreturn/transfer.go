package earlyreturn

import "errors"

// Account is one side of a transfer.
type Account struct {
	ID     string
	Cents  int64
	Frozen bool
}

// Errors of a transfer.
var (
	ErrFrozen       = errors.New("account is frozen")
	ErrInsufficient = errors.New("insufficient funds")
	ErrRate         = errors.New("no rate")
)

// Rates tells what one unit of a currency is worth in another.
type Rates interface {
	Lookup(from, to string) (float64, error)
}

// Transfer moves cents from one account to the other, converting the currency.
func Transfer(rates Rates, from, to *Account, cents int64) error {
	quotes := make(chan float64)
	go func() {
		q, err := rates.Lookup("EUR", "CHF")
		if err != nil {
			q = 0
		}
		quotes <- q // want "send on quotes blocks for ever"
	}()

	switch {
	case from.Frozen, to.Frozen:
		return ErrFrozen
	case from.Cents < cents:
		return ErrInsufficient
	}
	quote := <-quotes
	if quote == 0 {
		return ErrRate
	}
	from.Cents -= cents
	to.Cents += int64(float64(cents) * quote)
	return nil
}

// TransferFixed moves cents from one account to the other, converting the currency.
func TransferFixed(rates Rates, from, to *Account, cents int64) error {
	quotes := make(chan float64, 1)
	go func() {
		q, err := rates.Lookup("EUR", "CHF")
		if err != nil {
			q = 0
		}
		quotes <- q
	}()

	switch {
	case from.Frozen, to.Frozen:
		return ErrFrozen
	case from.Cents < cents:
		return ErrInsufficient
	}
	quote := <-quotes
	if quote == 0 {
		return ErrRate
	}
	from.Cents -= cents
	to.Cents += int64(float64(cents) * quote)
	return nil
}

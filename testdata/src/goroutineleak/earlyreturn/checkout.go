package earlyreturn

import "fmt"

// Cart is what a customer is about to buy.
type Cart struct {
	Items map[string]int
	Prior int
}

// Shop answers questions about goods.
type Shop interface {
	Stock(item string) (int, error)
	Shipping(items int) (int, error)
}

// Checkout returns the cost of shipping, provided that everything is in stock.
func Checkout(shop Shop, cart Cart) (int, error) {
	n := cart.Prior
	for _, count := range cart.Items {
		n += count
	}
	costs := make(chan int)
	failed := make(chan error, 1)
	go func() {
		cost, err := shop.Shipping(n)
		if err != nil {
			failed <- err
			return
		}
		costs <- cost // want "send on costs blocks for ever"
	}()
	for item, count := range cart.Items {
		have, err := shop.Stock(item)
		if err != nil {
			return 0, err
		}
		if have < count {
			return 0, fmt.Errorf("only %d of %s left", have, item)
		}
	}
	select {
	case cost := <-costs:
		return cost, nil
	case err := <-failed:
		return 0, err
	}
}

// CheckoutFixed returns the cost of shipping, provided that everything is in stock.
func CheckoutFixed(shop Shop, cart Cart) (int, error) {
	n := cart.Prior
	for _, count := range cart.Items {
		n += count
	}
	costs := make(chan int)
	failed := make(chan error, 1)
	done := make(chan struct{})
	defer close(done)
	go func() {
		cost, err := shop.Shipping(n)
		if err != nil {
			failed <- err
			return
		}
		select {
		case costs <- cost:
		case <-done:
		}
	}()
	for item, count := range cart.Items {
		have, err := shop.Stock(item)
		if err != nil {
			return 0, err
		}
		if have < count {
			return 0, fmt.Errorf("only %d of %s left", have, item)
		}
	}
	select {
	case cost := <-costs:
		return cost, nil
	case err := <-failed:
		return 0, err
	}
}

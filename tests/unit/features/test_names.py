"""What a name gives away, and what it does not: counts are no customers, prices no endings, measures no codes."""

import pytest

from logreg_core.features import names


@pytest.mark.parametrize(
    ("asked", "yes", "no"),
    [
        (
            names.names_members_of_a_group,
            "customer_id|Patient No.|KdNr|numero de cliente|Nr Kunde|account number|ID customer|clientid|user card no|"
            "loan_id|device id|family id|customer email",
            "number_customer_service_calls|number of customer calls|student number of absences|Account No of Users|"
            "num patients|customer calls number|customer since|loan amount|store number|order value",
        ),
        (
            names.names_somebody,
            "customer|user|subject|MRN|SSN|IBAN|email|driver|user name|E-Mail|customer name|Kunde",
            "customer age|user rating|client satisfaction|account type|patient weight|first name|family size",
        ),
        (
            names.names_an_identifier,
            "OrderId|order no|Rechnungsnummer|phone number|customer key|number|invoice|phone|barcode|MRN|index|"
            "policy_no|ticket|customer email",
            "number of residents|no of shares|key account|total number|width|phone calls|invoice amount|"
            "price per ticket|body mass index|days since last invoice",
        ),
        (names.names_a_count, "num_visits|number of calls|rooms number|total", "customer number|numero de cliente|no"),
        (
            names.names_a_code,
            "region|zip code|StoreID|store number|type of contract|passenger class",
            "class size|store visits|group size|segment length|area income|age group",
        ),
        (
            names.never_negative,
            "age|tenure months|weight|num_children|number of dependents|rooms",
            "weight change kg|days until due|days since|net weight|log duration|distance from mean|hours vs plan|"
            "calls minus target|duration surplus|height (m above sea level)",
        ),
        (
            names.names_an_age,
            "age|customer age|Alter",
            "average age of account months|age in days|house age|age difference",
        ),
        (
            names.never_zero,
            "bmi|BloodPressure|blood_pressure|Glucose|weight|body weight|height",
            "pressure|weight change|visits|glucose log|weight lifted kg|freight weight|weight training minutes|"
            "height above ground m",
        ),
    ],
)
def test_what_a_name_says(asked, yes, no):
    for name in yes.split("|"):
        assert asked(name), name
    for name in no.split("|"):
        assert not asked(name), name


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("churn reason", "Churn"),
        ("churned_on", "churn flag"),
        ("closed date", "y"),
        ("exit_date", "y"),
        ("reason for leaving", "y"),
        ("recoveries", "default"),
        ("cancellation date", "y"),
        ("refund", "left"),
        ("churn_date", "customer churn"),
        ("default amount", "loan default"),
        ("closed_by", "account closed"),
        ("days past due", "default"),
        ("write off amount", "default"),
        ("charge-off", "default"),
        ("collections agency fee", "default"),
        ("length of stay", "died"),
        ("survival days", "died"),
        ("autopsy", "died"),
        ("severance", "attrition"),
        ("left company on", "attrition"),
        ("deactivated", "churned"),
        ("unsubscribe date", "churned"),
        ("retention offer accepted", "churned"),
        ("final invoice", "churned"),
        ("purchase_date", "purchased"),
        ("responding channel", "responded"),
        ("responded_on", "responded"),
        ("defaulted", "default"),
        ("cancellation fees", "churned"),
        ("Kündigung am", "gekündigt"),
        ("geliefert am", "Lieferung"),
        ("churned_month", "churn"),
        ("post_churn_calls", "churn"),
        ("last_invoice_after_notice", "churn"),
        ("exit_survey_score", "left"),
        ("win_back_calls", "churn"),
    ],
)
def test_what_is_known_only_afterwards(name, target):
    assert names.names_the_aftermath(name, target)


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("DiabetesPedigreeFunction", "diabetes"),
        ("previous defaults", "default"),
        ("previous_cancellations", "is_canceled"),
        ("closing price", "y"),
        ("recovery time", "y"),
        ("exit velocity", "y"),
        ("number of reasons", "y"),
        ("cancellation policy", "y"),
        ("heart rate", "heart disease"),
        ("credit score", "credit default"),
        ("customer age", "customer left"),
        ("patient age", "patient died"),
        ("employee age", "employee left"),
        ("account age", "account closed"),
        ("price of product", "product bought"),
        ("company size", "company failed"),
        ("deposit", "deposit made"),
        ("discharge current mA", "y"),
        ("discharge planner visits", "y"),
        ("refundable fare", "y"),
        ("annulus width", "y"),
        ("terminated students ratio", "y"),
        ("NumberOfTime30-59DaysPastDueNotWorse", "SeriousDlqin2yrs"),
        ("respondent_age", "responded"),
        ("respondent", "responded"),
        ("delivery_distance", "delivered_late"),
        ("employment_gap_months", "employed"),
        ("employer", "employed"),
        ("employees", "employed"),
        ("defaults_in_household", "default"),
        ("subscription_months", "subscribed"),
        ("return_window_days", "returned"),
        ("click_position", "clicked"),
        ("cancelled_orders", "churn"),
        ("resolved_tickets", "churn"),
        ("failed_logins", "failed"),
        ("smoking", "smoker"),
        ("churn_rate_of_region", "churned"),
        ("post_code", "churn"),
        ("price_after_discount", "churn"),
        ("subscribed_months", "subscribed"),
        ("win_rate", "churn"),
    ],
)
def test_what_is_known_before(name, target):
    assert not names.names_the_aftermath(name, target)
